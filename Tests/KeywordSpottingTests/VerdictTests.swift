import Testing

@testable import Evaluation
@testable import Markup
@testable import Recognition
@testable import Statistics

/// What a report means, in a sentence, and what to do next.
@Suite struct VerdictTests {
  private let labels = ["up", "go", "_unknown_"]

  /// Clips of `label`, the first `wrong` of them answered with `answer`, of 12 speakers.
  private func clips(
    _ label: String, _ count: Int, wrong: Int = 0, as answer: String = "_unknown_",
    word: String? = nil
  ) -> [Prediction] {
    (0..<count).map { index in
      var clip = Prediction(
        path: "\(word ?? label)/\(index).wav", label: label,
        predicted: index < wrong ? answer : label, probabilities: [0.4, 0.3, 0.3],
        speaker: "s\(index % 12)")
      clip.word = word
      return clip
    }
  }

  private func report(
    _ clips: [Prediction], alarms: Int = 0, hours: Double = 0, isMet: Bool = false
  ) -> EvaluationReport {
    var counts = EvaluationCounts(labels: labels)
    clips.forEach { counts.add($0) }
    if hours > 0 {
      let model = ModelFixture.model()
      let windows = (0..<alarms).flatMap { index in
        // An alarm, and then nothing.
        [(0, [1, 0, 0]), (1, [0, 0, 1]), (2, [0, 0, 1]), (3, [0, 0, 1])].map {
          offset, probabilities in
          let start = Double(4 * index + offset)
          return Classification.Window(
            start: start, end: start + 1, probabilities: probabilities.map(Float.init))
        }
      }
      counts.addAudioWithoutKeywords(
        windows, seconds: hours * 3_600, decision: model.decision, rule: ListeningRule())
    }
    var generator = TestGenerator(state: 1)
    return EvaluationReport.make(
      counts, alarmRule: AlarmRule(ModelFixture.model()), basis: isMet ? .met : .unseen,
      using: &generator)
  }

  private var good: [Prediction] {
    clips("up", 100, wrong: 1) + clips("go", 100, wrong: 1) + clips("_unknown_", 100)
  }

  @Test func goodFiguresAreGood() {
    let verdict = Verdict(report(good, alarms: 2, hours: 10))
    #expect(verdict.grade == .good)
    #expect(
      verdict.text
        == "Good: 99.3% of 300 clips are right; 2 false alarms in 10.00 h without keywords.")
    #expect(!verdict.nextSteps.contains { $0.contains("--alarm-audio") })
  }

  @Test func falseAlarmsComeFirstWhateverTheAccuracy() throws {
    let report = report(good, alarms: 200, hours: 0.5)
    let verdict = Verdict(report)
    #expect(verdict.grade == .poor)
    #expect(
      verdict.text
        == "Not ready: 400.0 false alarms an hour in 0.50 h without keywords, although 99.3% of 300 "
        + "clips are right.")
    #expect(try #require(verdict.nextSteps.first).hasPrefix("False alarms come most as up (200). "))
    let page = EvaluationPage(report, labels: labels).render()
    #expect(page.contains("<p class=\"verdict poor\">"))
    let tiles = try #require(page.firstRange(of: "<dl class=\"tiles\">")).upperBound
    #expect(page[tiles...].hasPrefix("<div class=\"poor\"><dt>false alarms per hour</dt>"))
    // Before everything else of the report.
    let main = try #require(page.firstRange(of: "<main")).upperBound
    #expect(page[main...].firstRange(of: "class=\"verdict")!.lowerBound < tiles)
  }

  /// Two alarms in a minute are 120 an hour, and prove 21; one is no finding.
  @Test func fewAlarmsProveLittle() throws {
    let report = report(good, alarms: 2, hours: 1.0 / 60)
    #expect(try #require(report.alarms).grade == .fair)
    #expect(
      Verdict(report).text
        == "Usable with care: 99.3% of 300 clips are right, but 2 false alarms in 60 s without keywords."
    )
    let once = Verdict(self.report(good, alarms: 1, hours: 1.0 / 60))
    let page = EvaluationPage(self.report(good, alarms: 1, hours: 1.0 / 60), labels: labels)
      .render()
    #expect(page.contains("<dt>false alarms</dt><dd>1 in 60 s</dd>"))
    #expect(once.grade == .good && !once.nextSteps.contains { $0.hasPrefix("False alarms") })
    #expect(Verdict(self.report(good, alarms: 0, hours: 0.5)).grade == .good)
    #expect(self.report(good, alarms: 0, hours: 0.5).alarms?.grade == .unknown)
  }

  @Test func aWeakWordIsNamed() {
    let verdict = Verdict(
      report(clips("up", 60, wrong: 20, as: "go") + clips("go", 300) + clips("_unknown_", 300)))
    #expect(verdict.grade == .fair)
    #expect(
      verdict.text
        == "Usable with care: 97.0% of 660 clips are right, but up is recognised in only 66.7% of its 60 "
        + "clips.")
    #expect(
      verdict.nextSteps.contains { $0.hasPrefix("up is recognised least often: 66.7% of 60") })
    #expect(
      verdict.nextSteps.contains { $0.hasPrefix("Most frequent confusion: up recognised as go") })
  }

  @Test func aFirstModelThatTakesEverythingIsNotReady() {
    let verdict = Verdict(
      report(clips("up", 100) + clips("_unknown_", 50, wrong: 48, as: "up", word: "tree")))
    #expect(verdict.grade == .poor)
    #expect(
      verdict.text == "Not ready: 48 of 50 clips of other words are taken for keywords.")
    #expect(
      verdict.nextSteps.contains {
        $0.hasPrefix("Other words that fire: tree (48 of 50 clips, as up). ")
      })
  }

  @Test func fewOrMetClipsTellNothing() {
    let few = Verdict(report(clips("up", 8, wrong: 1)))
    #expect(few.grade == .unknown)
    #expect(few.text == "Cannot tell yet: 7 of 8 clips are right, which are too few.")
    #expect(few.nextSteps.first?.hasPrefix("Measure more clips") == true)
    let met = Verdict(report(good, isMet: true))
    #expect(met.grade == .unknown)
    #expect(met.text == "Cannot tell yet: the model has met every clip here.")
    #expect(Verdict(report([])).text == "Cannot tell: no clip was measured.")
  }

  /// A speaker or word of one clip is no finding, and no percentage.
  @Test func oneClipIsNoFinding() throws {
    var lonely = clips("up", 1, wrong: 1)
    lonely[0].speaker = "lonely"
    let report = report(
      clips("up", 200) + clips("_unknown_", 200) + lonely + clips("go", 1, wrong: 1))
    let verdict = Verdict(report)
    #expect(!verdict.nextSteps.contains { $0.contains(" 0.0%") || $0.contains("lonely") })
    let page = EvaluationPage(report, labels: labels).render()
    #expect(!page.contains("0.0% of 1") && page.contains("0 of 1<small>too few to tell</small>"))
  }

  @Test func theTerminalHasTheSameWords() {
    let report = report(good, alarms: 200, hours: 0.5)
    let text = EvaluationText(width: 400).render(report)
    let verdict = Verdict(report)
    #expect(text.hasPrefix("verdict: \(verdict.text)\nnext: \(verdict.nextSteps[0])\n"))
  }

  @Test func otherWordsThatFireAreCounted() throws {
    let all =
      clips("_unknown_", 30, wrong: 3, as: "go", word: "no")
      + clips("_unknown_", 4, wrong: 2, as: "up", word: "cup")
      + clips("_unknown_", 20, word: "tree")
    var counts = EvaluationCounts(labels: labels)
    all.forEach { counts.add($0) }
    // Merged parts are the same.
    var (first, second) = (EvaluationCounts(labels: labels), EvaluationCounts(labels: labels))
    for (index, clip) in all.enumerated() {
      if index % 2 == 0 { first.add(clip) } else { second.add(clip) }
    }
    first.merge(second)
    #expect(first.unknownWords == counts.unknownWords)
    #expect(counts.problem(labels: labels, atMost: 54) == nil)
    let words = UnknownWord.fired(try #require(counts.unknownWords))
    #expect(words.map(\.word) == ["no", "cup"])
    #expect(words.map(\.fired) == [3, 2] && words.map(\.clips) == [30, 4])
    #expect(words[1].answers == [UnknownWord.Answer(label: "up", clips: 2)])
    let page = EvaluationPage(report(all), labels: labels).render()
    let at = try #require(page.firstRange(of: "<section id=\"unknown\"")).upperBound
    #expect(page[at...].contains("<td>10.0% of 30</td><td><bdi>go</bdi> 3</td>"))
    #expect(page[at...].contains("<td>of 4</td>"))
  }

  /// Garwood's bounds: 10 events, 95% one-sided, in the tables of the chi-squared distribution.
  @Test func theLowerBoundOfARate() {
    #expect(abs(PoissonRate.lowerBound(events: 10, exposure: 1) - 5.4254) < 1e-4)
    #expect(abs(PoissonRate.lowerBound(events: 1, exposure: 2) - 0.025647) < 1e-6)
    #expect(PoissonRate.lowerBound(events: 0, exposure: 1) == 0)
  }
}

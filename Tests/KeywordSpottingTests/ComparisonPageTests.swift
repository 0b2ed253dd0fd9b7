import Testing

@testable import Evaluation
@testable import Markup
@testable import Recognition
@testable import Sound

/// What two models' figures on the same clips say, beside the counts of right answers.
@Suite struct ComparisonPageTests {
  private let labels = ["up", "go", "_unknown_"]

  /// The same clip answered by two models, with each model's probability of `up`, its label.
  private func answers(
    _ clips: [(path: String, first: Float, second: Float)], isWrong: (Float) -> Bool
  ) throws -> PairedComparison {
    var answers = PairedAnswers()
    func prediction(_ path: String, _ up: Float) -> Prediction {
      Prediction(
        path: path, label: "up", predicted: isWrong(up) ? "go" : "up",
        probabilities: [up, 1 - up, 0])
    }
    for clip in clips { answers.addFirst(prediction(clip.path, clip.first), labels: labels) }
    for clip in clips { answers.addSecond(prediction(clip.path, clip.second), labels: labels) }
    var generator = TestGenerator(state: 1)
    return try answers.comparison(using: &generator)
  }

  @Test func theGravestFlipsComeFirst() throws {
    let comparison = try answers(
      [
        ("a", 0.6, 0.4), ("b", 0.9, 0.1), ("c", 0.4, 0.6), ("d", 0.1, 0.95), ("e", 0.7, 0.3),
        ("same", 0.9, 0.9),
      ], isWrong: { $0 < 0.5 })
    #expect(comparison.flips.map(\.path) == ["b", "e", "a", "d", "c"])
    #expect(comparison.flips[0].firstProbability == 0.9)
    #expect(comparison.flipTable.split { $0.isNewline }[1] == "b,up,up,go")
  }

  @Test func aSmallChanceIsNotZero() throws {
    #expect(PairedComparison.p(0.000_099) == "p < 0.0001")
    #expect(PairedComparison.p(0.000_1) == "p = 0.0001")
    #expect(PairedComparison.p(1) == "p = 1.0000")
    let clips = (0..<40).map { (path: "\($0)", first: Float(0.9), second: Float(0.1)) }
    let comparison = try answers(clips, isWrong: { $0 < 0.5 })
    #expect(comparison.text.contains("McNemar's exact test p < 0.0001\n"))
    let page = ComparisonPage(comparison, labels: [labels, labels]).render()
    #expect(page.contains("<dd>p &lt; 0.0001</dd>") && !page.contains("p = 0.0000"))
    #expect(Gate.loss(comparison, allowing: 1)?.hasSuffix("p < 0.0001") == true)
  }

  private func alarms(_ count: Int) -> AlarmFigures? {
    var counts = EvaluationCounts(labels: labels)
    let windows = (0..<count).flatMap { index in
      [[1, 0, 0], [0, 0, 1], [0, 0, 1], [0, 0, 1]].enumerated().map { offset, row in
        let start = Double(4 * index + offset)
        return Classification.Window(
          start: start, end: start + 1, probabilities: row.map { Float($0) })
      }
    }
    counts.addAudioWithoutKeywords(
      windows, seconds: 1_800, decision: Decision(), rule: ListeningRule())
    return AlarmFigures(counts, AlarmRule(ModelFixture.model()), skipped: [])
  }

  @Test func fewerFalseAlarmsAreSaid() throws {
    var comparison = try answers([("a", 0.9, 0.1)], isWrong: { $0 < 0.5 })
    #expect(comparison.alarmText == nil)
    comparison.alarms = [alarms(60), alarms(5)].compactMap(\.self)
    let text = try #require(comparison.alarmText)
    #expect(
      text.hasPrefix(
        "false alarms an hour in 0.50 h without keywords: A 120.0 (60), B 10.0 (5); B fires less "
          + "(p < 0.0001)."))
    #expect(comparison.text.contains(text))
    let page = ComparisonPage(comparison, labels: [labels, labels]).render()
    #expect(page.contains("B fires less") && page.contains("<dt>B: false alarms per hour</dt>"))
    comparison.alarms = [alarms(5), alarms(6)].compactMap(\.self)
    #expect(comparison.alarmText?.contains("no proof of a difference (p = 1.0000)") == true)
    comparison.alarms = [alarms(5), alarms(60)].compactMap(\.self)
    #expect(comparison.alarmText?.contains("B fires more") == true)
  }

  /// A answers with the label, B does not.
  @Test func aClassHasOneColourInBothPlots() throws {
    func timeline(_ rows: [[Float]]) -> Timeline {
      Timeline(kind: .prefix, times: [0.1, 0.2], probabilities: rows)
    }
    func plots(_ decision: Decision?) -> String {
      let models = [
        ([[0.1, 0.1, 0.8], [0.8, 0.1, 0.1]], "up", "A"),
        ([[0.1, 0.1, 0.8], [0.1, 0.8, 0.1]], "go", "B"),
      ]
      return HTML(
        PosteriorPlots(
          models.map { rows, answer, title in
            ClipCard.AnswerTimeline(
              timeline: timeline(rows.map { $0.map { Float($0) } }), labels: labels, label: "up",
              answer: answer, title: title, decision: decision)
          }, seconds: 0.3
        ).render()
      ).rendered
    }
    let plain = plots(nil)
    var colors: [String: Set<String>] = [:]
    for match in plain.matches(of: #/class="line c(\d)"><title>([^<]*)</#) {
      colors["\(match.output.2)", default: []].insert("\(match.output.1)")
    }
    #expect(colors == ["up": ["3"], "go": ["4"], "_unknown_": ["1"]])
    #expect(plain.matches(of: #/class="line/#).count == 6 && !plain.contains("class=\"level"))
    var decision = Decision()
    decision.thresholds = ["up": 0.75, "go": 0.25]
    let drawn = plots(decision)
    #expect(drawn.contains("class=\"level c3\"><title>threshold of up: 0.750</title>"))
    #expect(drawn.contains("class=\"level c4\"><title>threshold of go: 0.250</title>"))
    #expect(!drawn.contains("threshold of _unknown_"))
  }
}

import Testing

@testable import Basics
@testable import Evaluation
@testable import Recognition

/// The rule for listening: what older models did, what is refused, and that alarms follow it.
@Suite struct ListeningRuleTests {
  private let labels = ["a", "b", "_unknown_"]

  /// As kws did before models had a rule: a run of windows that are answered with a keyword is one
  /// event, a run that begins at most a second after the one before belongs to it, and the likeliest
  /// keyword in it gives the name.
  private struct RunsOfAnswers {
    var decision: Decision
    var labels: [String]
    var current: (label: String, probability: Float, start: Double, last: Double, windows: Int)?

    mutating func push(_ window: Classification.Window) -> (String, Float, Double, Int)? {
      let answer = decision.answer(window.probabilities, labels: labels)
      let isPause = window.start - (current?.last ?? 0) > 1
      guard ClassLabel.isKeyword(answer) else { return isPause ? finish() : nil }
      let probability = window.probabilities[labels.firstIndex(of: answer)!]
      guard current != nil, !isPause else {
        defer { current = (answer, probability, window.start, window.start, 1) }
        return finish()
      }
      current!.last = window.start
      current!.windows += 1
      if probability > current!.probability {
        (current!.label, current!.probability) = (answer, probability)
      }
      return nil
    }

    mutating func finish() -> (String, Float, Double, Int)? {
      defer { current = nil }
      return current.map { ($0.label, $0.probability, $0.start, $0.windows) }
    }
  }

  @Test func modelsWithoutARuleDoWhatTheyDid() {
    var generator = SeededGenerator(seed: 11)
    var (found, wavering) = (0, 0)
    for round in 0..<300 {
      var decision = Decision()
      decision.threshold = Float.random(in: 0...0.9, using: &generator)
      if round % 2 == 0 { decision.thresholds["b"] = Float.random(in: 0...1, using: &generator) }
      let step = [0.1, 0.25, 0.5, 1].randomElement(using: &generator)!
      let windows = EventDetectorTests.draw(&generator).0.enumerated().map { index, pair in
        let start = Double(index) * step
        return Classification.Window(
          start: start, end: start + 1, probabilities: [pair.0, pair.1, 1 - pair.0 - pair.1])
      }
      var reference = RunsOfAnswers(decision: decision, labels: labels)
      var expected = windows.compactMap { reference.push($0) }
      if let last = reference.finish() { expected.append(last) }
      let events = EventDetector.events(in: windows, .runsOfAnswers, decision, labels: labels)
      #expect(events.map(\.label) == expected.map(\.0))
      #expect(events.map(\.probability) == expected.map(\.1))
      #expect(events.map(\.seconds.lowerBound) == expected.map(\.2))
      #expect(events.map(\.windowCount) == expected.map(\.3))
      // Deciding at once finds as many, and perhaps another keyword beside.
      let atOnce = EventDetector.events(in: windows, ListeningRule(), decision, labels: labels)
      #expect(atOnce.count >= events.count)
      found += events.count
      wavering += zip(atOnce, events).count { $0.label != $1.label }
    }
    // Otherwise the test would show nothing.
    #expect(found > 1_000 && wavering > 100)
  }

  @Test func rulesThatMakeNoSenseAreRefused() {
    func problem(_ change: (inout ListeningRule) -> Void) -> String? {
      var rule = ListeningRule()
      change(&rule)
      return rule.problem(Decision(), labels: labels)
    }
    #expect(problem { _ in } == nil)
    #expect(problem { $0.smoothing = 0 }?.contains("averaged, not of 0") == true)
    #expect(problem { $0.smoothing = 101 } != nil)
    #expect(problem { $0.settleSeconds = -1 } != nil && problem { $0.settleSeconds = .nan } != nil)
    #expect(problem { $0.conditions.threshold = 1.5 } != nil)
    #expect(problem { $0.conditions.releaseShare = -.infinity } != nil)
    #expect(problem { $0.conditions.leastWindows = 0 } != nil)
    #expect(problem { $0.conditions.refractorySeconds = 1e9 } != nil)
    #expect(problem { $0.keywords["_unknown_"] = $0.conditions }?.contains("no keyword") == true)
    #expect(
      problem {
        $0.keywords["b"] = $0.conditions
        $0.keywords["b"]!.leastWindows = 0
      }?.hasPrefix("b: ") == true)
    #expect(problem { $0.mustBeLikeliest = false }?.contains("always fire") == true)
    #expect(
      problem {
        $0.mustBeLikeliest = false
        $0.conditions.threshold = 0.1
      } == nil)
  }

  /// A run that wavers between two keywords is one alarm, also where thresholds are chosen.
  @Test func alarmsAreEvents() throws {
    let windows = [(0, 0.9), (1, 0.9), (0, 0.9), (2, 0.9)].enumerated().map { index, answer in
      var posteriors = [Float](repeating: 0.05, count: 3)
      posteriors[answer.0] = Float(answer.1)
      let start = Double(index) * 0.25
      return Classification.Window(start: start, end: start + 1, probabilities: posteriors)
    }
    var counts = EvaluationCounts(labels: labels)
    counts.addAudioWithoutKeywords(
      windows, seconds: 1_800, decision: Decision(), rule: .runsOfAnswers)
    let rule = AlarmRule(
      ClipWindow(minimumSeconds: 0.25, maximumSeconds: 1, hopSeconds: 0.25), .runsOfAnswers)
    let figures = try #require(AlarmFigures(counts, rule, skipped: []))
    #expect(figures.alarms == 1 && figures.keywords.map(\.alarms) == [1, 0])
    let choice = ThresholdChoice(
      halves: (counts, counts), quiet: ([windows], [windows]), target: .falseAlarmsPerHour(1e5),
      rule: rule)
    #expect(choice.keywords.map(\.falseAlarms) == [2, 2])
    #expect(choice.alarmsPerHour == 2)
  }

  /// The curve of one keyword counts by the same rule: three windows in a row are asked for.
  @Test func curvesFollowTheRule() {
    var rule = ListeningRule()
    rule.conditions.leastWindows = 3
    var alarms = AlarmCount()
    alarms.add(
      [0.9, 0.9, 0.1, 0.6, 0.6, 0.6], starts: (0..<6).map { Double($0) * 2 }, rule,
      rule.conditions)
    func count(_ threshold: Float) -> Int { alarms.alarms[ScoreGrid.level(of: threshold)] }
    #expect(count(0.8) == 0 && count(0.5) == 1 && count(0.05) == 1)
  }

  /// New thresholds for clips are those for listening too.
  @Test func thresholdsThatAreTakenHoldForListening() {
    var model = ModelFixture.model()
    model.rule.conditions.threshold = 0.9
    model.rule.keywords["yes"] = model.rule.conditions
    model.take(threshold: 0.6)
    #expect(model.rule.threshold(of: "yes", model.decision) == 0.6)
    #expect(model.rule.threshold(of: "no", model.decision) == 0.6)
  }
}

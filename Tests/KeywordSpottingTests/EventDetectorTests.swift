import Testing

@testable import Evaluation
@testable import Recognition

/// A run of windows that answer with a keyword, whichever, is one event.
@Suite struct EventDetectorTests {
  private let labels = ["a", "b", "_unknown_"]

  /// Windows a quarter of a second apart, by the class that is most probable and its posterior.
  private func windows(_ answers: [(Int, Float)]) -> [Classification.Window] {
    answers.enumerated().map { index, answer in
      var posteriors = [Float](repeating: (1 - answer.1) / 2, count: 3)
      posteriors[answer.0] = answer.1
      return .init(start: Double(index) * 0.25, probabilities: posteriors)
    }
  }

  private func events(_ answers: [(Int, Float)], _ decision: Decision = Decision()) -> [Event] {
    EventDetector.events(in: windows(answers), decision: decision, labels: labels)
  }

  private let quiet = (2, Float(0.9))

  @Test func aRunThatWaversBetweenKeywordsIsOneEvent() {
    let found = events([quiet, (0, 0.6), (1, 0.8), (0, 0.7), quiet])
    #expect(
      found == [Event(label: "b", probability: 0.8, seconds: 0.25...0.75, windowCount: 3)])
  }

  /// From window start to window start: a second still belongs to the run.
  @Test func runsWithinASecondAreOne() {
    let pause = Array(repeating: quiet, count: 3)
    #expect(events([(0, 0.9)] + pause + [(1, 0.8)]).map(\.windowCount) == [2])
    #expect(events([(0, 0.9)] + pause + [quiet, (1, 0.8)]).map(\.label) == ["a", "b"])
    #expect(events([]).isEmpty && events([quiet]).isEmpty)
    // The first sound may come at any time.
    #expect(events(pause + pause + [(1, 0.8)]).map(\.label) == ["b"])
  }

  @Test func thresholdsDecideWhatAnswers() {
    var decision = Decision()
    decision.thresholds["b"] = 0.85
    let found = events([(0, 0.6), (1, 0.8), quiet], decision)
    #expect(found.map(\.label) == ["a"] && found[0].windowCount == 1)
  }

  /// Alarms are events: two keywords in one run are one alarm, also where thresholds are chosen.
  @Test func alarmsAreEvents() throws {
    let windows = windows([(0, 0.9), (1, 0.9), (0, 0.9), quiet])
    var counts = EvaluationCounts(labels: labels)
    counts.addAudioWithoutKeywords(windows, seconds: 1_800, decision: Decision())
    let rule = AlarmRule(
      ClipWindow(minimumSeconds: 0.25, maximumSeconds: 1, hopSeconds: 0.25))
    let figures = try #require(AlarmFigures(counts, rule, skipped: []))
    #expect(figures.alarms == 1 && figures.keywords.map(\.alarms) == [1, 0])
    let choice = ThresholdChoice(
      halves: (counts, counts), quiet: ([windows], [windows]), target: .falseAlarmsPerHour(1e5))
    #expect(choice.keywords.map(\.falseAlarms) == [2, 2])
    #expect(choice.alarmsPerHour == 2)
  }
}

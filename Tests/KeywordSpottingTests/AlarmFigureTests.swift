import Testing

@testable import Evaluation
@testable import Recognition
@testable import Sound
@testable import Statistics

@Suite struct AlarmFigureTests {
  private let window = ClipWindow(minimumSeconds: 0.25, maximumSeconds: 1, hopSeconds: 0.25)

  private let rule = ListeningRule()

  private func windows(_ scores: [Float]) -> [Classification.Window] {
    scores.enumerated().map { index, score in
      .init(
        start: Double(index) * 0.25, end: Double(index) * 0.25 + 1,
        probabilities: [score, 1 - score])
    }
  }

  @Test func alarmsAreRunsOfAnswersMergedWithinASecond() {
    var counts = EvaluationCounts(labels: ["a", "_unknown_"])
    counts.add(Prediction(path: "1", label: "a", predicted: "a", probabilities: [1, 0]))
    counts.add(
      Prediction(path: "2", label: "a", predicted: "_unknown_", probabilities: [0.3, 0.7]))
    var decision = Decision()
    decision.thresholds["a"] = 0.8
    // Windows 0 and 1 are a run, 5 comes 1 s later, 10 more than a second after it; 0.7 is too little.
    let scores: [Float] = [0.9, 0.9, 0.1, 0.7, 0.1, 0.9, 0.1, 0.1, 0.1, 0.1, 0.9]
    counts.addAudioWithoutKeywords(windows(scores), seconds: 1_800, decision: decision, rule: rule)
    let figures = AlarmFigures(counts, AlarmRule(window, rule), skipped: [])!
    #expect(figures.alarms == 2 && figures.keywords.map(\.alarms) == [2])
    #expect(figures.hours == 0.5 && figures.perHour == 4)
    #expect(figures.upperBound == PoissonRate.upperBound(events: 2, exposure: 0.5))
    #expect(figures.missed.value == 0.5 && figures.missed.n == 2)
    #expect(figures.rule.text.contains("(1.00 s, one every 0.25 s)"))
  }

  @Test func withoutAudioThereAreNoFigures() {
    let counts = EvaluationCounts(labels: ["a"])
    #expect(AlarmFigures(counts, AlarmRule(window, rule), skipped: []) == nil)
  }

  @Test func aLongRecordingIsSharedByBothHalves() {
    var halves = SpeakerHalves(ModelFixture.model(labels: ["a", "_unknown_"]), hasTalk: true)
    let result = Classification(
      label: "a", probabilities: [1, 0], window: 0...1,
      windows: windows([Float](repeating: 0.1, count: 400) + [0.9]),
      events: [], seconds: 100,
      source: .init(container: "", encoding: "", sampleRate: 8_000, channels: 1, frames: 1))
    halves.addAlarmAudio("x", result)
    let hours = halves.counts.map(\.quietHours.value)
    #expect(abs(hours[0] - 50.0 / 3_600) < 1e-6 && hours[0] == hours[1])
    #expect(halves.counts.map { $0.answeredAlarms[0] } == [0, 1])
  }
}

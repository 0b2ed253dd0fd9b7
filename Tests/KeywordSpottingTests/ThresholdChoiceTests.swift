import Testing

@testable import Evaluation
@testable import Recognition

/// Thresholds are judged by the half of the speakers that did not choose them.
@Suite struct ThresholdChoiceTests {
  private let rule = AlarmRule(
    ClipWindow(minimumSeconds: 0.25, maximumSeconds: 1, hopSeconds: 0.25), ListeningRule())

  /// Ten clips of the keyword and ten others, all with the same score.
  private func counts(keyword: Float, other: Float) -> EvaluationCounts {
    let labels = ["yes", "_unknown_"]
    var counts = EvaluationCounts(labels: labels)
    for index in 0..<10 {
      for (label, score) in zip(labels, [keyword, other]) {
        counts.add(
          Prediction(
            path: "\(label) \(index)", label: label, predicted: label,
            probabilities: [score, 1 - score]))
      }
    }
    return counts
  }

  /// The first half alone asks for a threshold just below 0.9, at which the second misses every
  /// clip; the second for one just below 0.4, at which the first accepts all others.
  @Test func eachHalfIsJudgedByTheThresholdOfTheOther() {
    let halves = (counts(keyword: 0.9, other: 0.5), counts(keyword: 0.4, other: 0.1))
    let choice = ThresholdChoice(
      halves: halves, quiet: ([], []), target: .falseAccepts(0), rule: rule)
    #expect(choice.keywords.count == 1)
    #expect(choice.keywords[0].misses == 10 && choice.keywords[0].falseAccepts == 10)
    #expect(choice.keywords[0].positives == 20 && choice.keywords[0].negatives == 20)
    // The stored threshold is chosen on all of them; of equal ones it is the highest.
    #expect((0.89...0.9).contains(choice.keywords[0].threshold))
  }

  /// An hour of audio with one alarm in either half, by windows of a second.
  @Test func alarmsAreCountedByTheHour() {
    func window(_ score: Float) -> Classification.Window {
      .init(start: 0, end: 1, probabilities: [score, 1 - score])
    }
    func quiet(_ score: Float) -> EvaluationCounts {
      var counts = counts(keyword: 0.9, other: 0.1)
      counts.addAudioWithoutKeywords(
        [window(score)], seconds: 1_800, decision: Decision(), rule: ListeningRule())
      return counts
    }
    let choice = ThresholdChoice(
      halves: (quiet(0.6), quiet(0.6)), quiet: ([[window(0.6)]], [[window(0.6)]]),
      target: .falseAlarmsPerHour(2), rule: rule)
    #expect(choice.hours == 1 && choice.alarmsPerHour == 2)
    let strict = ThresholdChoice(
      halves: (quiet(0.6), quiet(0.95)), quiet: ([[window(0.6)]], [[window(0.95)]]),
      target: .falseAlarmsPerHour(0.5), rule: rule)
    // At the first half's threshold, just below 0.9, the second half has its alarm.
    #expect(strict.alarmsPerHour == 1 && strict.keywords[0].misses == 10)
    #expect(strict.keywords[0].threshold > 0.95)
    #expect(strict.unproven?.contains("too short to prove 0.5 alarms per hour") == true)
  }
}

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
    // Above 0.95 no clip of the keyword is left, so the threshold stays as it was: nothing is missed, and
    // each half has its alarm.
    #expect(strict.keywords[0].isKept == true && strict.keywords[0].threshold == 0)
    #expect(strict.alarmsPerHour == 2 && strict.keywords[0].misses == 0)
    #expect(strict.verdict == .unproven)
    #expect(strict.unproven?.contains("too short to prove 0.5 alarms per hour") == true)
    #expect(strict.text.contains("accepts any of its 20 clips; it keeps the one it had"))
  }

  /// Twenty alarms in an hour refute one an hour; none in ten hours prove it.
  @Test func alarmsRefuteOrProve() {
    func window(_ score: Float, _ start: Double) -> Classification.Window {
      .init(start: start, end: start + 1, probabilities: [score, 1 - score])
    }
    func choice(_ score: Float, hours: Double, _ rate: Double) -> ThresholdChoice {
      let windows = (0..<20).map { window($0 % 2 == 0 ? score : 0.05, 10 * Double($0)) }
      var counts = counts(keyword: 0.9, other: 0.1)
      counts.addAudioWithoutKeywords(
        windows, seconds: 1_800 * hours, decision: Decision(), rule: ListeningRule())
      return ThresholdChoice(
        halves: (counts, counts), quiet: ([windows], [windows]),
        target: .falseAlarmsPerHour(rate), rule: rule)
    }
    let refuted = choice(0.95, hours: 1, 1)
    #expect(refuted.verdict == .refuted && refuted.alarmsPerHour == 20, "\(refuted.text)")
    #expect(refuted.unproven?.hasPrefix("at least 13.25 alarms per hour (95%), not 1.0") == true)
    #expect(choice(0.6, hours: 10, 1).verdict == .proven)
    #expect(choice(0.6, hours: 1, 1).verdict == .unproven)
  }

  /// The price: clips of keywords that were answered and no longer are; unknown ones beside it.
  @Test func thePriceIsCounted() {
    func answer(_ label: String, _ score: Float) -> HalvedAnswer {
      HalvedAnswer(
        Prediction(
          path: label, label: label, predicted: label, probabilities: [score, 1 - score]),
        labels: ["yes", "_unknown_"])
    }
    let halves = (counts(keyword: 0.9, other: 0.6), counts(keyword: 0.7, other: 0.1))
    let answers = [
      [answer("yes", 0.9), answer("_unknown_", 0.6)], [answer("yes", 0.7), answer("yes", 0.3)],
    ]
    let choice = ThresholdChoice(
      halves: halves, quiet: ([], []), answers: answers, target: .falseAccepts(0), rule: rule)
    // The first half asks for just below 0.9, so the second misses both; the second for just below 0.7.
    #expect(
      choice.misses == .init(before: 1, after: 2, n: 3), "\(String(describing: choice.misses))")
    #expect(choice.accepted == .init(before: 1, after: 0, n: 1))
    #expect(choice.text.contains("price     misses from 33.3% to 66.7% of 3 keyword clips\n"))
  }
}

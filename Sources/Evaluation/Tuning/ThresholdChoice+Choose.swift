import Basics
import Recognition
import Statistics

extension ThresholdChoice {
  /// Chooses thresholds on all clips, and estimates their error rates by crossing over: each half
  /// of the speakers is measured with thresholds chosen on the other half.
  ///
  /// - Parameters:
  ///   - halves: What was measured.
  ///   - model: The model, with the thresholds before.
  ///   - target: The target.
  public init(_ halves: HalvedClips, for model: KeywordModel, target: Target) {
    self.init(
      halves: halves.counts, quiet: halves.quiet, answers: halves.answers, target: target,
      rule: AlarmRule(model), before: model.decision)
    isOverTalk = alarmsPerHour == nil ? nil : halves.hasTalk
    (clips, trainedOn) = (halves.measured, halves.trainedOn)
  }

  /// Chooses thresholds.
  ///
  /// - Parameters:
  ///   - halves: Counts of two halves of the speakers.
  ///   - quiet: The windows of the recordings without keywords that were counted in either half.
  ///   - answers: What decides the answer to each clip, by half.
  ///   - target: The target.
  ///   - rule: The rule by which alarms are counted.
  ///   - before: The decision before, whose thresholds a keyword keeps that would accept nothing.
  init(
    halves: (EvaluationCounts, EvaluationCounts),
    quiet: ([[Classification.Window]], [[Classification.Window]]),
    answers: [[HalvedAnswer]] = [[], []], target: Target, rule: AlarmRule,
    before: Decision = Decision()
  ) {
    var all = halves.0
    all.merge(halves.1)
    let parts = [halves.0, halves.1]
    let hours = all.quietHours.value
    let labels = all.labels
    let indices = labels.indices.filter { ClassLabel.isKeyword(labels[$0]) }
    func curve(_ counts: EvaluationCounts, _ index: Int) -> KeywordCurve {
      KeywordCurve(labels[index], counts.keywords[index], hours: counts.quietHours.value)
    }
    // The thresholds for each half, chosen on the other.
    var crossed = [Decision(), Decision()]
    let keywords = indices.map { index in
      let whole = curve(all, index)
      let old = before.threshold(of: labels[index])
      let own = Self.threshold(whole, target, of: indices.count)
      var keyword = Keyword(
        label: labels[index], threshold: own ?? old, positives: whole.positives,
        negatives: whole.negatives, misses: 0, falseAccepts: 0, falseAlarms: 0)
      if own == nil { keyword.isKept = true }
      for half in 0..<2 {
        let chosen = Self.threshold(curve(parts[1 - half], index), target, of: indices.count) ?? old
        crossed[half].thresholds[labels[index]] = chosen
        let point = curve(parts[half], index).point(at: chosen)
        keyword.misses += point.misses
        keyword.falseAccepts += point.falseAccepts
        keyword.falseAlarms += point.falseAlarms
      }
      return keyword
    }
    // Alarms of all keywords together: a run that changes between two keywords is one alarm.
    var listening = rule.listening ?? .runsOfAnswers
    listening.takeThresholdsOfDecision()
    let alarms = zip([quiet.0, quiet.1], crossed).reduce(0) { sum, half in
      half.0.reduce(sum) {
        $0 + EventDetector.events(in: $1, listening, half.1, labels: labels).count
      }
    }
    self.init(
      target: target, hours: hours, rule: hours > 0 ? rule : nil, keywords: keywords,
      alarmsPerHour: nil, alarmBound: nil, unproven: nil)
    if hours > 0 {
      alarmsPerHour = Double(alarms) / hours
      alarmBound = PoissonRate.upperBound(events: alarms, exposure: hours)
      alarmLowBound = PoissonRate.lowerBound(events: alarms, exposure: hours)
      alarmsBefore = Double(all.answeredAlarms.reduce(0, +)) / hours
    }
    misses = Change.misses(answers, before: before, after: crossed)
    accepted = Change.accepted(answers, before: before, after: crossed)
    (verdict, unproven) = judgement
  }

  /// The threshold of one curve that meets the target; nil if it would accept no clip of the keyword.
  private static func threshold(
    _ curve: KeywordCurve, _ target: Target, of count: Int
  ) -> Float? {
    let threshold = lowest(curve, target, of: count)
    guard let threshold, curve.positives > 0 else { return threshold }
    return curve.point(at: threshold).misses < curve.positives ? threshold : nil
  }

  /// The threshold of one curve that meets the target; nil if none does.
  private static func lowest(
    _ curve: KeywordCurve, _ target: Target, of count: Int
  ) -> Float? {
    let points = curve.points
    switch target {
    case .falseAlarmsPerHour(let rate):
      let allowed = rate * curve.hours / Double(count)
      // Runs can merge at a lower threshold, so alarms need not decrease with the threshold: all
      // higher ones must meet the target too.
      let last = points.lastIndex { Double($0.falseAlarms) > allowed } ?? -1
      return last + 1 < points.count ? points[last + 1].threshold : nil
    case .falseAccepts(let share):
      let allowed = share * Double(curve.negatives)
      return points.first { Double($0.falseAccepts) <= allowed }?.threshold
    case .falseRejects(let share):
      let allowed = share * Double(curve.positives)
      return points.last { Double($0.misses) <= allowed }?.threshold ?? 0
    }
  }

  /// Whether the target is met, and why a rate of alarms is not proven.
  private var judgement: (TargetVerdict, String?) {
    switch target {
    case .falseAlarmsPerHour(let rate): judgement(ofAlarms: rate)
    case .falseRejects(let limit): judgement(ofShares: limit) { ($0.misses, $0.positives) }
    case .falseAccepts(let limit):
      judgement(ofShares: limit) { ($0.falseAccepts, $0.negatives) }
    }
  }

  private func judgement(ofAlarms rate: Double) -> (TargetVerdict, String?) {
    guard let low = alarmLowBound, let high = alarmBound else {
      return (.unproven, "there is no audio without keywords to count alarms in")
    }
    return TargetVerdict.ofAlarms(rate, low: low, high: high, hours: hours)
  }

  private func judgement(
    ofShares limit: Double, _ counts: (Keyword) -> (Int, Int)
  ) -> (TargetVerdict, String?) {
    let shares = keywords.map(counts).filter { $0.1 > 0 }.map { Proportion.wilson($0.0, of: $0.1) }
    if shares.contains(where: { $0.lowerBound > limit }) { return (.refuted, nil) }
    let isProven = !shares.isEmpty && shares.allSatisfy { $0.upperBound <= limit }
    return (isProven ? .proven : .unproven, nil)
  }

  /// A warning if thresholds were chosen on clips that the model was trained on, or nil.
  package var trainedOnWarning: String? {
    guard let trainedOn, trainedOn > 0 else { return nil }
    return "\(trainedOn) of \(clips ?? trainedOn) clips were trained on: the rates are too "
      + "optimistic; tune on clips that the model never met"
  }
}

extension TargetVerdict {
  /// Whether so many alarms are too many, and why the target is not proven.
  ///
  /// - Parameters:
  ///   - rate: The target, in alarms an hour.
  ///   - low: One-sided 95% lower bound of the measured rate.
  ///   - high: Upper bound.
  ///   - hours: What was listened to.
  /// - Returns: The verdict, and why it is not proven, or nil.
  static func ofAlarms(
    _ rate: Double, low: Double, high: Double, hours: Double
  ) -> (TargetVerdict, String?) {
    if high <= rate { return (.proven, nil) }
    if low > rate {
      return (
        .refuted,
        "at least \(TextCell.fixed(low, 2)) alarms per hour (95%), not \(rate): train a better model "
          + "or allow more"
      )
    }
    if PoissonRate.upperBound(events: 0, exposure: hours) > rate {
      return (
        .unproven,
        "\(TextCell.fixed(hours, 2)) h of audio without keywords are too short to prove \(rate) alarms "
          + "per hour, even without an alarm: record \(TextCell.fixed(3 / rate, 1)) h"
      )
    }
    return (
      .unproven,
      "at most \(TextCell.fixed(high, 2)) alarms per hour are proven (95%), not \(rate): record more "
        + "audio without keywords or train a better model"
    )
  }
}

import Basics
import Recognition
import Statistics

extension ThresholdChoice {
  /// Chooses thresholds on all clips, and estimates their error rates by crossing over: each half
  /// of the speakers is measured with thresholds chosen on the other half.
  ///
  /// - Parameters:
  ///   - halves: Counts of two halves of the speakers.
  ///   - quiet: The windows of the recordings without keywords that were counted in either half.
  ///   - target: The target.
  ///   - rule: The rule by which alarms are counted.
  public init(
    halves: (EvaluationCounts, EvaluationCounts),
    quiet: ([[Classification.Window]], [[Classification.Window]]), target: Target,
    rule: AlarmRule
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
      var keyword = Keyword(
        label: labels[index], threshold: Self.threshold(whole, target, of: indices.count),
        positives: whole.positives, negatives: whole.negatives, misses: 0, falseAccepts: 0,
        falseAlarms: 0)
      for half in 0..<2 {
        let chosen = Self.threshold(curve(parts[1 - half], index), target, of: indices.count)
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
    let bound = hours > 0 ? PoissonRate.upperBound(events: alarms, exposure: hours) : nil
    self.init(
      target: target, hours: hours, rule: hours > 0 ? rule : nil, keywords: keywords,
      alarmsPerHour: hours > 0 ? Double(alarms) / hours : nil, alarmBound: bound,
      unproven: Self.reason(target, hours, bound))
  }

  /// The threshold of one curve that meets the target; 1 if none does.
  private static func threshold(
    _ curve: KeywordCurve, _ target: Target, of count: Int
  ) -> Float {
    let points = curve.points
    switch target {
    case .falseAlarmsPerHour(let rate):
      let allowed = rate * curve.hours / Double(count)
      // Runs can merge at a lower threshold, so alarms need not decrease with the threshold: all
      // higher ones must meet the target too.
      let last = points.lastIndex { Double($0.falseAlarms) > allowed } ?? -1
      return last + 1 < points.count ? points[last + 1].threshold : 1
    case .falseAccepts(let share):
      let allowed = share * Double(curve.negatives)
      return points.first { Double($0.falseAccepts) <= allowed }?.threshold ?? 1
    case .falseRejects(let share):
      let allowed = share * Double(curve.positives)
      return points.last { Double($0.misses) <= allowed }?.threshold ?? 0
    }
  }

  private static func reason(_ target: Target, _ hours: Double, _ bound: Double?) -> String? {
    guard case .falseAlarmsPerHour(let rate) = target else { return nil }
    guard let bound else { return "there is no audio without keywords to count alarms in" }
    if bound <= rate { return nil }
    let found = TextCell.fixed(hours, 2)
    if PoissonRate.upperBound(events: 0, exposure: hours) > rate {
      return "\(found) h of audio without keywords are too short to prove \(rate) alarms per hour, "
        + "even without an alarm: record \(TextCell.fixed(3 / rate, 1)) h"
    }
    return "at most \(TextCell.fixed(bound, 2)) alarms per hour are proven (95%), not "
      + "\(rate): record more audio without keywords or train a better model"
  }

  /// A warning if thresholds were chosen on clips that the model was trained on, or nil.
  package var trainedOnWarning: String? {
    guard let trainedOn, trainedOn > 0 else { return nil }
    return "\(trainedOn) of \(clips ?? trainedOn) clips were trained on: the rates are too "
      + "optimistic; tune on clips that the model never met"
  }

  /// The choice for a terminal.
  package var text: String {
    let width = max(7, keywords.map { TextCell.width(TextCell.visible($0.label)) }.max() ?? 7)
    var text = TextCell.left("keyword", width) + "  threshold    missed  accepted   alarms\n"
    for keyword in keywords {
      func share(_ part: Int, _ whole: Int) -> String {
        TextCell.right(TextCell.percent(whole == 0 ? nil : Double(part) / Double(whole)), 10)
      }
      text += TextCell.left(TextCell.visible(keyword.label), width)
      text += TextCell.right(TextCell.fixed(Double(keyword.threshold), 4), 11)
      text += share(keyword.misses, keyword.positives)
      text += share(keyword.falseAccepts, keyword.negatives)
      text += TextCell.right("\(keyword.falseAlarms)", 9) + "\n"
    }
    text += "rates by crossing over two halves of the speakers\n"
    if let split, let clips { text += "chosen on \(clips) clips (\(split))\n" }
    if let trainedOnWarning { text += "warning: \(trainedOnWarning)\n" }
    if let alarmsPerHour, let alarmBound {
      text += "\(TextCell.fixed(alarmsPerHour, 2)) false alarms per hour in "
      text += "\(TextCell.fixed(hours, 2)) h, at most "
      text += "\(TextCell.fixed(alarmBound, 2)) (95%, Poisson)\n"
      if let rule { text += "\(rule.text)\n" }
    }
    return text
  }

  /// The choice as JSON, keys sorted, with a line feed at the end.
  package var json: String {
    // All figures are finite, so encoding cannot fail.
    String(decoding: try! jsonEncoder(pretty: true).encode(self), as: UTF8.self) + "\n"
  }
}

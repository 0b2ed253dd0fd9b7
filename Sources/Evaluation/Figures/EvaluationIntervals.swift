import Statistics

/// The intervals of all figures of a report.
///
/// With enough speakers: the bootstrap by speaker, but never narrower than the interval for
/// independent clips, which also has a width if every answer is right. Else, as if clips were
/// independent: Wilson's for shares; for F1 Wilson's of tp / (tp + fp + fn), of which F1 is a
/// rising function (Hand, Christen and Kirielle 2021); for the mean recall its classes' combined
/// (MOVER, Zou and Donner 2008); none for the mean F1.
struct EvaluationIntervals {
  private(set) var method: EvaluationReport.IntervalMethod
  private(set) var accuracy: ClosedRange<Double>?
  private(set) var balancedAccuracy: ClosedRange<Double>?
  private(set) var macroF1: ClosedRange<Double>?
  private(set) var recall: [ClosedRange<Double>?]
  private(set) var precision: [ClosedRange<Double>?]
  private(set) var f1: [ClosedRange<Double>?]

  init(
    _ counts: EvaluationCounts, _ rates: Rates, _ options: EvaluationOptions,
    using generator: inout some RandomNumberGenerator
  ) {
    let classes = rates.support.indices
    let confidence = options.confidence
    func wilson(_ part: Int, _ whole: Int) -> ClosedRange<Double>? {
      whole == 0 ? nil : Proportion.wilson(part, of: whole, confidence: confidence)
    }
    accuracy = wilson(rates.correct.reduce(0, +), counts.confusion.total)
    recall = classes.map { wilson(rates.correct[$0], rates.support[$0]) }
    precision = classes.map { wilson(rates.correct[$0], rates.answers[$0]) }
    f1 = classes.map { index in
      let correct = rates.correct[index]
      let union = rates.support[index] + rates.answers[index] - correct
      return wilson(correct, union).map { Self.f1($0.lowerBound)...Self.f1($0.upperBound) }
    }
    balancedAccuracy = Self.mean(recall, around: classes.map(rates.recall))
    method = EvaluationReport.IntervalMethod(
      name: .wilson, confidence: confidence, speakers: counts.speakerCount,
      clipsWithoutSpeaker: counts.clipsWithoutSpeaker, resamples: 0,
      note: "speakers unknown or few: this interval may be too narrow")
    // A tenth of clips without a speaker is few enough for a bootstrap over the others.
    let areSpeakersKnown =
      counts.speakerCount >= max(2, options.minimumSpeakers)
      && counts.clipsWithoutSpeaker * 10 <= counts.confusion.total
    if areSpeakersKnown { widen(counts, options, using: &generator) }
  }

  /// F1 from tp / (tp + fp + fn).
  private static func f1(_ jaccard: Double) -> Double { 2 * jaccard / (1 + jaccard) }

  /// The interval of a mean of independent figures.
  private static func mean(
    _ intervals: [ClosedRange<Double>?], around values: [Double]
  ) -> ClosedRange<Double>? {
    let known = zip(intervals, values).compactMap { interval, value in
      interval.map { (value: value, interval: $0) }
    }
    if known.isEmpty { return nil }
    let n = Double(known.count)
    let center = known.reduce(0) { $0 + $1.value } / n
    func distance(_ end: (ClosedRange<Double>) -> Double) -> Double {
      let squares = known.map { ($0.value - end($0.interval)) * ($0.value - end($0.interval)) }
      return squares.reduce(0, +).squareRoot() / n
    }
    return max(0, center - distance(\.lowerBound))...min(1, center + distance(\.upperBound))
  }

  private mutating func widen(
    _ counts: EvaluationCounts, _ options: EvaluationOptions,
    using generator: inout some RandomNumberGenerator
  ) {
    let draws = SpeakerDraws(counts, resamples: options.resamples, using: &generator)
    func hull(_ values: [Double], _ wilson: ClosedRange<Double>?) -> ClosedRange<Double>? {
      let found = ClusterBootstrap.interval(
        of: values, clusters: draws.clusterCount, confidence: options.confidence)
      guard let found, let wilson else { return found ?? wilson }
      return min(found.lowerBound, wilson.lowerBound)...max(found.upperBound, wilson.upperBound)
    }
    var means = SpeakerDraws.Means(resamples: options.resamples)
    // One class at a time, to keep the resamples of only one class in memory.
    for index in counts.classes.indices {
      let rates = draws.rates(of: index)
      means.add(rates)
      recall[index] = hull(rates.recall, recall[index])
      precision[index] = hull(rates.precision, precision[index])
      f1[index] = hull(rates.f1, f1[index])
    }
    accuracy = hull(means.accuracy, accuracy)
    balancedAccuracy = hull(means.balancedAccuracy, balancedAccuracy)
    macroF1 = hull(means.macroF1, nil)
    method.name = .bootstrapBySpeaker
    method.resamples = options.resamples
    method.note = nil
  }
}

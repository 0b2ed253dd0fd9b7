extension PairedComparison {
  /// Compares the answers of two models.
  ///
  /// - Parameters:
  ///   - first: One a clip, in any order.
  ///   - second: Of the same clips, in any order.
  ///   - options: Draws, confidence and the speakers that a bootstrap needs.
  ///   - generator: Where the draws come from.
  /// - Returns: The comparison.
  /// - Throws: `ComparisonError` if the clips or their labels are not the same.
  public static func make(
    _ first: [Prediction], _ second: [Prediction],
    options: EvaluationOptions = EvaluationOptions(),
    using generator: inout some RandomNumberGenerator
  ) throws(ComparisonError) -> PairedComparison {
    let pairs = try pairs(first, second)
    var classes: [String: ClassChange] = [:]
    var flips: [Flip] = []
    // By speaker: clips, and those that the first and the second have right.
    var speakers: [String: [Int]] = [:]
    var unknown = 0
    for (old, new) in pairs {
      let right = [old.isCorrect ? 1 : 0, new.isCorrect ? 1 : 0]
      let empty = ClassChange(label: new.label, support: 0, first: 0, second: 0)
      classes[new.label, default: empty].support += 1
      classes[new.label]!.first += right[0]
      classes[new.label]!.second += right[1]
      if right[0] != right[1] {
        flips.append(
          Flip(path: new.path, label: new.label, first: old.predicted, second: new.predicted))
      }
      if new.speaker == nil && new.label != Dataset.silenceLabel { unknown += 1 }
      let key =
        new.speaker.map { "speaker " + $0 }
        ?? "group \(StableHash.bucket(of: new.path, count: 1_024))"
      let row = speakers[key] ?? [0, 0, 0]
      speakers[key] = [row[0] + 1, row[1] + right[0], row[2] + right[1]]
    }
    let known = speakers.keys.count { $0.hasPrefix("speaker ") }
    let isBySpeaker = known >= max(2, options.minimumSpeakers) && unknown * 10 <= pairs.count
    let right = [pairs.count { $0.0.isCorrect }, pairs.count { $0.1.isCorrect }]
    let onlyFirst = flips.count(where: \.isLoss)
    let onlySecond = flips.count - onlyFirst
    let n = max(1, pairs.count)
    var chance = McNemar.pValue(
      onlyFirst: onlyFirst, onlySecond: onlySecond, alternative: .greater)
    var interval: ClosedRange<Double>?
    if isBySpeaker {
      (interval, chance) = resampled(speakers, options, using: &generator)
    }
    flips.sort { left, right in
      if left.isLoss != right.isLoss { return left.isLoss }
      return PathBytes.precedes(Array(left.path.utf8), Array(right.path.utf8))
    }
    return PairedComparison(
      n: pairs.count, right: right, onlyFirst: onlyFirst, onlySecond: onlySecond,
      difference: Estimate(Double(right[1] - right[0]) / Double(n), n: pairs.count, interval),
      speakers: isBySpeaker ? known : 0,
      mcNemar: McNemar.pValue(onlyFirst: onlyFirst, onlySecond: onlySecond),
      chanceOfLoss: chance, classes: classes.values.sorted { $0.label < $1.label }, flips: flips)
  }

  /// Both answers to each clip, in the order of the second's.
  private static func pairs(
    _ first: [Prediction], _ second: [Prediction]
  ) throws(ComparisonError) -> [(Prediction, Prediction)] {
    var known: [String: Prediction] = [:]
    for prediction in first {
      if known.updateValue(prediction, forKey: prediction.path) != nil {
        throw .otherClips(first: first.count, second: second.count, example: prediction.path)
      }
    }
    var pairs: [(Prediction, Prediction)] = []
    for prediction in second {
      guard let old = known.removeValue(forKey: prediction.path) else {
        throw .otherClips(first: first.count, second: second.count, example: prediction.path)
      }
      guard old.label == prediction.label else {
        throw .otherLabel(path: old.path, first: old.label, second: prediction.label)
      }
      pairs.append((old, prediction))
    }
    if let left = known.keys.min() {
      throw .otherClips(first: first.count, second: second.count, example: left)
    }
    return pairs
  }

  /// The interval of the difference, and the share of the draws without a loss, which as a test is
  /// its one-sided p-value (Davison and Hinkley 1997, 4.4; one is added to both counts).
  private static func resampled(
    _ speakers: [String: [Int]], _ options: EvaluationOptions,
    using generator: inout some RandomNumberGenerator
  ) -> (interval: ClosedRange<Double>?, chance: Double) {
    let rows = speakers.keys.sorted().flatMap { speakers[$0]! }
    var draws: [Double] = []
    ClusterBootstrap.resample(
      rows, columns: 3, resamples: options.resamples, using: &generator
    ) { sums in draws.append(Double(sums[2] - sums[1]) / Double(sums[0])) }
    let interval = ClusterBootstrap.interval(
      of: draws, clusters: speakers.count, confidence: options.confidence)
    let harmless = draws.count { $0 >= 0 }
    return (interval, Double(harmless + 1) / Double(draws.count + 1))
  }
}

import Basics
import Recognition
import Statistics

/// Counts of two models' answers to the same clips.
struct PairedCounts: Sendable {
  private var classes: [String: PairedComparison.ClassChange] = [:]
  private var flips: [PairedComparison.Flip] = []
  private var right = [0, 0]
  private var n = 0
  /// Number of clips, without cuts of silence.
  private(set) var files = 0
  /// For each speaker, or group of clips without one: clips, and clips that the first and the
  /// second model answer correctly.
  private var speakers: [String: [Int]] = [:]
  private var clipsWithoutSpeaker = 0

  /// Counts a clip: the second model's answer, the first model's, and each model's probability of
  /// the label.
  mutating func add(_ new: Prediction, before: String, _ probabilities: [Float?]) {
    let pair = [before == new.label ? 1 : 0, new.isCorrect ? 1 : 0]
    n += 1
    if !new.path.hasPrefix(BatchEvaluation.cutPrefix) { files += 1 }
    for model in 0..<2 { right[model] += pair[model] }
    let empty = PairedComparison.ClassChange(label: new.label, support: 0, first: 0, second: 0)
    classes[new.label, default: empty].support += 1
    classes[new.label]!.first += pair[0]
    classes[new.label]!.second += pair[1]
    if pair[0] != pair[1] {
      flips.append(
        PairedComparison.Flip(
          path: new.path, label: new.label, first: before, second: new.predicted,
          firstProbability: probabilities[0], secondProbability: probabilities[1]))
    }
    if new.speaker == nil && new.label != ClassLabel.silence { clipsWithoutSpeaker += 1 }
    let key = new.clusterKey
    let row = speakers[key] ?? [0, 0, 0]
    speakers[key] = [row[0] + 1, row[1] + pair[0], row[2] + pair[1]]
  }

  mutating func merge(_ other: PairedCounts) {
    n += other.n
    files += other.files
    right = zip(right, other.right).map(+)
    clipsWithoutSpeaker += other.clipsWithoutSpeaker
    flips += other.flips
    for (label, more) in other.classes {
      let empty = PairedComparison.ClassChange(label: label, support: 0, first: 0, second: 0)
      classes[label, default: empty].support += more.support
      classes[label]!.first += more.first
      classes[label]!.second += more.second
    }
    for (key, row) in other.speakers {
      speakers[key] = zip(speakers[key] ?? [0, 0, 0], row).map(+)
    }
  }

  /// The comparison of these clips.
  func comparison(
    _ options: EvaluationOptions, using generator: inout some RandomNumberGenerator
  ) -> PairedComparison {
    let known = speakers.keys.count { $0.hasPrefix(Prediction.speakerPrefix) }
    let isBySpeaker = known >= max(2, options.minimumSpeakers) && clipsWithoutSpeaker * 10 <= n
    let onlyFirst = flips.count(where: \.isLoss)
    let onlySecond = flips.count - onlyFirst
    var chance = McNemar.pValue(
      onlyFirst: onlyFirst, onlySecond: onlySecond, alternative: .greater)
    var interval: ClosedRange<Double>?
    if isBySpeaker { (interval, chance) = resampled(options, using: &generator) }
    let sorted = flips.sorted { left, right in
      if left.isLoss != right.isLoss { return left.isLoss }
      if left.weight != right.weight { return left.weight > right.weight }
      return PathBytes.precedes(Array(left.path.utf8), Array(right.path.utf8))
    }
    return PairedComparison(
      n: n, right: right, onlyFirst: onlyFirst, onlySecond: onlySecond,
      difference: Estimate(Double(right[1] - right[0]) / Double(max(1, n)), n: n, interval),
      speakers: isBySpeaker ? known : 0,
      mcNemar: McNemar.pValue(onlyFirst: onlyFirst, onlySecond: onlySecond),
      chanceOfLoss: chance, classes: classes.values.sorted { $0.label < $1.label }, flips: sorted)
  }

  /// The interval of the difference, and the one-sided p-value: the share of resamples without a
  /// loss (Davison and Hinkley 1997, 4.4; one is added to both counts).
  private func resampled(
    _ options: EvaluationOptions, using generator: inout some RandomNumberGenerator
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

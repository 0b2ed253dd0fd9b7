import Basics
import Recognition
import Statistics

/// The answers of two models to the same clips, taken clip by clip.
///
/// Of the first model the answer to each clip is kept until the second's comes, of both only the
/// counts and the clips that changed sides.
public struct PairedAnswers: Sendable {
  private struct Answer: Sendable {
    var label: String
    var predicted: String
  }

  private var first: [String: Answer] = [:]
  private var counts: (first: Int, second: Int) = (0, 0)
  /// The first thing found wrong: a path, or two labels of one.
  private var stranger: String?
  private var otherLabel: (path: String, first: String, second: String)?

  private var classes: [String: PairedComparison.ClassChange] = [:]
  private var flips: [PairedComparison.Flip] = []
  private var right = [0, 0]
  private var n = 0
  /// By speaker, or group of clips without one: clips, and those that the first and the second have
  /// right.
  private var speakers: [String: [Int]] = [:]
  private var clipsWithoutSpeaker = 0

  /// No answers yet.
  public init() {}

  /// Adds an answer of the first model.
  public mutating func addFirst(_ prediction: Prediction) {
    counts.first += 1
    let answer = Answer(label: prediction.label, predicted: prediction.predicted)
    if first.updateValue(answer, forKey: prediction.path) != nil, stranger == nil {
      stranger = prediction.path
    }
  }

  /// Adds an answer of the second model, after all of the first.
  public mutating func addSecond(_ new: Prediction) {
    counts.second += 1
    guard let old = first.removeValue(forKey: new.path) else {
      stranger = stranger ?? new.path
      return
    }
    guard old.label == new.label else {
      otherLabel = otherLabel ?? (new.path, old.label, new.label)
      return
    }
    let pair = [old.predicted == old.label ? 1 : 0, new.isCorrect ? 1 : 0]
    n += 1
    for model in 0..<2 { right[model] += pair[model] }
    let empty = PairedComparison.ClassChange(label: new.label, support: 0, first: 0, second: 0)
    classes[new.label, default: empty].support += 1
    classes[new.label]!.first += pair[0]
    classes[new.label]!.second += pair[1]
    if pair[0] != pair[1] {
      flips.append(
        PairedComparison.Flip(
          path: new.path, label: new.label, first: old.predicted, second: new.predicted))
    }
    if new.speaker == nil && new.label != ClassLabel.silence { clipsWithoutSpeaker += 1 }
    let key = new.clusterKey
    let row = speakers[key] ?? [0, 0, 0]
    speakers[key] = [row[0] + 1, row[1] + pair[0], row[2] + pair[1]]
  }

  /// Compares the answers.
  ///
  /// - Parameters:
  ///   - options: Draws, confidence and the speakers that a bootstrap needs.
  ///   - generator: Where the draws come from.
  /// - Returns: The comparison.
  /// - Throws: `ComparisonError` if the clips or their labels are not the same.
  public func comparison(
    options: EvaluationOptions = EvaluationOptions(),
    using generator: inout some RandomNumberGenerator
  ) throws(ComparisonError) -> PairedComparison {
    if let otherLabel {
      throw .otherLabel(
        path: otherLabel.path, first: otherLabel.first, second: otherLabel.second)
    }
    if let example = stranger ?? first.keys.min() {
      throw .otherClips(first: counts.first, second: counts.second, example: example)
    }
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
      return PathBytes.precedes(Array(left.path.utf8), Array(right.path.utf8))
    }
    return PairedComparison(
      n: n, right: right, onlyFirst: onlyFirst, onlySecond: onlySecond,
      difference: Estimate(Double(right[1] - right[0]) / Double(max(1, n)), n: n, interval),
      speakers: isBySpeaker ? known : 0,
      mcNemar: McNemar.pValue(onlyFirst: onlyFirst, onlySecond: onlySecond),
      chanceOfLoss: chance, classes: classes.values.sorted { $0.label < $1.label }, flips: sorted)
  }

  /// The interval of the difference, and the share of the draws without a loss, which as a test is
  /// its one-sided p-value (Davison and Hinkley 1997, 4.4; one is added to both counts).
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

extension PairedAnswers {
  /// Evaluates two models on the same clips.
  ///
  /// - Parameters:
  ///   - first: The first model.
  ///   - second: The second.
  ///   - progress: Called with 0 or 1 for the model, and the number of its clips that are done.
  /// - Throws: `EvaluationError.nothingReadable`.
  public init(
    _ first: BatchEvaluation, _ second: BatchEvaluation, progress: (Int, Int) -> Void
  ) throws {
    let old = try first.run(progress: { progress(0, $0.done) }, each: { addFirst($0) })
    try old.check(first.plan.summary)
    let new = try second.run(progress: { progress(1, $0.done) }, each: { addSecond($0) })
    try new.check(second.plan.summary)
  }
}

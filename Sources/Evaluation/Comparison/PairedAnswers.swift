import Datasets
import Recognition

/// The answers of two models to the same clips, added clip by clip.
///
/// The first model's answer to each clip is stored until the second's is added; then only counts,
/// and clips that one model has right and the other wrong, are kept. Clips that either model has
/// met are counted separately.
public struct PairedAnswers: Sendable {
  private struct Answer: Sendable {
    var label: String
    var predicted: String
    /// Probability of the label.
    var probability: Float?
    var role: ClipRole?
    var fileHash: UInt64?
  }

  private var first: [String: Answer] = [:]
  private var count: (first: Int, second: Int) = (0, 0)
  /// The path of the first clip that does not match.
  private var unmatched: String?
  private var problem: ComparisonError?

  /// Counts of clips that neither model has met, and of clips that one has met.
  private var (unseen, seen) = (PairedCounts(), PairedCounts())
  private var met: [PairedComparison.Met] = []
  /// Whether the content of some clip is not known for both models.
  public private(set) var lacksSounds = false
  /// Clips that could not be read, by either model.
  public private(set) var skipped: [SkippedClip] = []

  /// Makes an empty comparison.
  public init() {}

  /// False alarms of both models in the same audio without keywords; nil if there is none.
  public private(set) var alarms: [AlarmFigures]?

  /// Adds an answer of the first model.
  ///
  /// - Parameters:
  ///   - prediction: The answer.
  ///   - labels: The classes of its probabilities; without them, the answer counts but not how sure
  ///     it was.
  public mutating func addFirst(_ prediction: Prediction, labels: [String] = []) {
    count.first += 1
    let answer = Answer(
      label: prediction.label, predicted: prediction.predicted,
      probability: prediction.labelProbability(labels), role: prediction.role,
      fileHash: prediction.fileHash)
    if first.updateValue(answer, forKey: prediction.path) != nil, unmatched == nil {
      unmatched = prediction.path
    }
  }

  /// Adds an answer of the second model, after all of the first.
  ///
  /// - Parameters:
  ///   - new: The answer.
  ///   - labels: The classes of its probabilities, or none.
  public mutating func addSecond(_ new: Prediction, labels: [String] = []) {
    count.second += 1
    guard let old = first.removeValue(forKey: new.path) else {
      unmatched = unmatched ?? new.path
      return
    }
    guard old.label == new.label else {
      problem = problem ?? .otherLabel(path: new.path, first: old.label, second: new.label)
      return
    }
    if let before = old.fileHash, let now = new.fileHash {
      guard before == now else {
        problem = problem ?? .otherSound(path: new.path)
        return
      }
    } else if old.fileHash != nil || new.fileHash != nil {
      lacksSounds = true
    }
    let probabilities = [old.probability, new.labelProbability(labels)]
    let isRight = [old.predicted == old.label, new.isCorrect]
    guard old.role != nil || new.role != nil else {
      unseen.add(new, before: old.predicted, probabilities)
      return
    }
    seen.add(new, before: old.predicted, probabilities)
    for (model, role) in [old.role, new.role].enumerated() {
      guard let role else { continue }
      let index =
        met.firstIndex { $0.model == model && $0.role == role }
        ?? {
          met.append(PairedComparison.Met(model: model, role: role, clips: 0, right: [0, 0]))
          return met.count - 1
        }()
      met[index].clips += 1
      for model in 0..<2 { met[index].right[model] += isRight[model] ? 1 : 0 }
    }
  }

  /// Compares the answers.
  ///
  /// - Parameters:
  ///   - options: Resamples, confidence level and the fewest speakers for a bootstrap.
  ///   - generator: The source of random numbers.
  /// - Returns: The comparison.
  /// - Throws: `ComparisonError` if the clips, their labels or their sounds are not the same.
  public func comparison(
    options: EvaluationOptions = EvaluationOptions(),
    using generator: inout some RandomNumberGenerator
  ) throws(ComparisonError) -> PairedComparison {
    if let problem { throw problem }
    if let example = unmatched ?? first.keys.min() {
      throw .otherClips(first: count.first, second: count.second, example: example)
    }
    // Cuts of silence alone are not enough for a comparison.
    let basis: MeasuredBasis = met.isEmpty || unseen.files > 0 ? .unseen : .met
    var counts = unseen
    if basis == .met { counts.merge(seen) }
    var comparison = counts.comparison(options, using: &generator)
    comparison.basis = basis
    comparison.met = met.sorted { left, right in
      (left.model, ClipRole.allCases.firstIndex(of: left.role)!)
        < (right.model, ClipRole.allCases.firstIndex(of: right.role)!)
    }
    return comparison
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
    let old = try first.run(
      progress: { progress(0, $0.done) }, each: { addFirst($0, labels: first.labels) })
    try old.check(first.plan.summary)
    let new = try second.run(
      progress: { progress(1, $0.done) }, each: { addSecond($0, labels: second.labels) })
    try new.check(second.plan.summary)
    let unread = [old, new].map { $0.skipped + $0.skippedAlarmAudio }
    let known = Set(unread[0].map(\.path))
    skipped = unread[0] + unread[1].filter { !known.contains($0.path) }
    // Both in all audio, also in what one of them has met: else the hours would differ.
    let figures = [(first, old), (second, new)].compactMap { evaluation, tally in
      AlarmFigures(
        tally.clips.whole, AlarmRule(evaluation.classifier.model),
        skipped: tally.skippedAlarmAudio)
    }
    alarms = figures.count == 2 ? figures : nil
  }
}

extension BatchEvaluation {
  fileprivate var labels: [String] { classifier.model.labels }
}

extension Prediction {
  /// Probability of the clip's label; nil if it is none of `labels`.
  fileprivate func labelProbability(_ labels: [String]) -> Float? {
    labels.firstIndex(of: label).flatMap { index in
      probabilities.indices.contains(index) ? probabilities[index] : nil
    }
  }
}

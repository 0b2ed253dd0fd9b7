import Datasets
import Recognition

/// The answers of two models to the same clips, taken clip by clip.
///
/// Of the first model the answer to each clip is kept until the second's comes, of both only the
/// counts and the clips that changed sides. Clips that either model has met are counted apart.
public struct PairedAnswers: Sendable {
  private struct Answer: Sendable {
    var label: String
    var predicted: String
    var role: ClipRole?
    var fileHash: UInt64?
  }

  private var first: [String: Answer] = [:]
  private var count: (first: Int, second: Int) = (0, 0)
  /// The first thing found wrong.
  private var stranger: String?
  private var problem: ComparisonError?

  /// Clips that neither model has met, and clips that one has.
  private var (unseen, seen) = (PairedCounts(), PairedCounts())
  private var met: [PairedComparison.Met] = []
  /// Whether a clip of both could not be told by its sound.
  public private(set) var lacksSounds = false
  /// Clips that could not be read, by either model.
  public private(set) var skipped: [SkippedClip] = []

  /// No answers yet.
  public init() {}

  /// Adds an answer of the first model.
  public mutating func addFirst(_ prediction: Prediction) {
    count.first += 1
    let answer = Answer(
      label: prediction.label, predicted: prediction.predicted, role: prediction.role,
      fileHash: prediction.fileHash)
    if first.updateValue(answer, forKey: prediction.path) != nil, stranger == nil {
      stranger = prediction.path
    }
  }

  /// Adds an answer of the second model, after all of the first.
  public mutating func addSecond(_ new: Prediction) {
    count.second += 1
    guard let old = first.removeValue(forKey: new.path) else {
      stranger = stranger ?? new.path
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
    let isRight = [old.predicted == old.label, new.isCorrect]
    guard old.role != nil || new.role != nil else {
      unseen.add(new, before: old.predicted)
      return
    }
    seen.add(new, before: old.predicted)
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
  ///   - options: Draws, confidence and the speakers that a bootstrap needs.
  ///   - generator: Where the draws come from.
  /// - Returns: The comparison.
  /// - Throws: `ComparisonError` if the clips, their labels or their sounds are not the same.
  public func comparison(
    options: EvaluationOptions = EvaluationOptions(),
    using generator: inout some RandomNumberGenerator
  ) throws(ComparisonError) -> PairedComparison {
    if let problem { throw problem }
    if let example = stranger ?? first.keys.min() {
      throw .otherClips(first: count.first, second: count.second, example: example)
    }
    // Silence that was cut makes no comparison by itself.
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
    let old = try first.run(progress: { progress(0, $0.done) }, each: { addFirst($0) })
    try old.check(first.plan.summary)
    let new = try second.run(progress: { progress(1, $0.done) }, each: { addSecond($0) })
    try new.check(second.plan.summary)
    let known = Set(old.skipped.map(\.path))
    skipped = old.skipped + new.skipped.filter { !known.contains($0.path) }
  }
}

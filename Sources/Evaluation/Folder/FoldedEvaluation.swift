import Basics
import Datasets
import Recognition
import Statistics
import SystemPackage

/// The evaluation of a cross-validation: each fold's clips by the model that never met them, together
/// in one report.
package struct FoldedEvaluation {
  /// Wrong clips to show.
  private static let clipLimit = 40

  /// The dataset, for people.
  private let dataset: Dataset
  /// Where each fold keeps what it has found.
  private let folds: [FilePath]

  /// Of the folds that keep their findings in these folders.
  package init(_ dataset: Dataset, folds: [FilePath]) {
    (self.dataset, self.folds) = (dataset, folds)
  }

  /// What a fold has found; nil where it is not measured yet.
  package func measured(_ index: Int) -> FoldFindings? {
    let state = try? ReportFolder(existing: folds[index]).state()
    guard let state, state.isFinished else { return nil }
    return FoldFindings(state)
  }

  /// Measures the clips that a fold's model was not trained on, and keeps what was found.
  ///
  /// - Parameters:
  ///   - index: The fold, from 0.
  ///   - part: The dataset, in which that fold tests.
  ///   - classifier: The fold's model.
  ///   - isCancelled: Asked between clips.
  /// - Returns: What was found; nil once cancelled.
  /// - Throws: `EvaluationError`, `FileError`.
  package func measure(
    _ index: Int, _ part: Dataset, by classifier: Classifier, isCancelled: () -> Bool
  ) throws -> FoldFindings? {
    let plan = try EvaluationPlan(
      part, for: classifier.model, part: .testing, cutsSilence: false)
    var run = EvaluationRun(
      BatchEvaluation(classifier, plan), model: "fold \(index + 1) of \(folds.count)",
      dataset: dataset.name, shard: .whole, clipLimit: Self.clipLimit,
      measurement: .now(threads: classifier.threads))
    let isDone = try run.run(in: try ReportFolder(folds[index]), isCancelled: isCancelled)
    return isDone ? FoldFindings(run.state) : nil
  }

  /// Writes the report of all folds.
  ///
  /// - Parameters:
  ///   - folder: Where to.
  ///   - prior: The prior of the model that is trained on all, nearly that of the folds' models.
  /// - Returns: What was found in all folds, and the clips' logits, to fit a temperature on; nil where
  ///   no fold could measure any clip.
  /// - Throws: `FileError`.
  package func publish(
    in folder: ReportFolder, prior: ClassPrior
  ) throws -> (all: FoldFindings, logits: HeldOutLogits)? {
    var heads: [(path: FilePath, state: EvaluationState)] = []
    for path in folds {
      if let state = try? ReportFolder(existing: path).state(), state.isFinished {
        heads.append((path, state))
      }
    }
    guard var whole = heads.first?.state else { return nil }
    whole.plan.clips = heads.reduce(0) { $0 + $1.state.plan.clips }
    (whole.plan.warnings, whole.plan.leftOut) = (
      dataset.warnings, dataset.ignored.map(LeftOut.init)
    )
    whole.subject.model = "\(heads.count) models, each for clips that it never met"
    (whole.subject.split, whole.subject.training) = ("folds", nil)
    whole.subject.coverage =
      "evaluated \(whole.plan.clips) of \(whole.plan.total) clips by \(heads.count) folds"
    let state: EvaluationState
    do {
      state = try EvaluationState.join(heads.map(\.path), as: whole, into: folder).state
    } catch is EvaluationError { return nil }
    var examples: [HeldOutLogits.Example] = []
    let offsets = prior.offsets(state.labels)
    let places = Dictionary(uniqueKeysWithValues: zip(state.labels, 0...))
    try PredictionTable.forEach(in: folder.predictionsPath, labels: state.labels) { prediction in
      guard prediction.role == nil, let target = places[prediction.label],
        prediction.probabilities.count == state.labels.count
      else { return }
      examples.append(
        HeldOutLogits.Example(
          probabilities: prediction.probabilities, offsets: offsets, target: target,
          half: SpeakerHalf.of(prediction.speaker ?? prediction.path)))
    }
    return (FoldFindings(state), HeldOutLogits(examples, labels: state.labels, prior: prior))
  }
}

/// What one fold, or all of them, have found.
package struct FoldFindings: Sendable {
  /// Right answers among the clips of words; nil where the models have met them all.
  package let words: Estimate?
  /// Clips of other words that were answered with no word; nil without such clips.
  package let others: Estimate?
  /// Clips that could not be read.
  package let skipped: [SkippedClip]

  init(_ state: EvaluationState) {
    let isUnseen = state.tally.clips.basis == .unseen
    words = isUnseen ? state.tally.counts.words : nil
    others = isUnseen ? state.tally.counts.others : nil
    skipped = state.skipped
  }
}

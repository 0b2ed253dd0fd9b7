import Basics
import Datasets
import Recognition
import Training

extension Audit {
  /// Clips whose label is doubted by models that were not trained on their speakers.
  ///
  /// - Parameters:
  ///   - count: Number of folds, and of models; each is trained on the clips of the other folds.
  ///   - options: The options of their training.
  ///   - isCancelled: Called often; if true, the audit stops.
  ///   - progress: Called with the number of the fold, from 1, and an event of its training.
  /// - Returns: The suspects of all folds in one ranking.
  /// - Throws: `TrainingError`.
  public func suspects(
    folds count: Int, options: TrainingOptions, isCancelled: @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Int, TrainingEvent) -> Void = { _, _ in }
  ) throws(TrainingError) -> AuditSuspects {
    let words = Set(dataset.recordings.map(\.label)).subtracting([ClassLabel.silence])
    guard words.count > 1 else {
      throw .dataset(
        .oneClass(
          words.first ?? ClassLabel.silence, clips: dataset.recordings.count,
          ignored: dataset.ignored))
    }
    guard let plan = dataset.folds(count) else { throw .tooFewForFolds }
    let folds = Dictionary(
      zip(dataset.recordings.map(\.name), plan.folds), uniquingKeysWith: { first, _ in first })
    var suspects = AuditSuspects(folds: plan.count)
    for fold in 1...plan.count {
      let data = dataset.testing { folds[$0.name] == fold }
      let held = data.recordings(in: .testing)
      if held.isEmpty { continue }
      let scratch: ScratchFolder
      do { scratch = try ScratchFolder() } catch { throw .file(error) }
      defer { withExtendedLifetime(scratch) {} }
      let outcome = try Training(root: dataset.root, options: options).run(
        data, into: scratch.path.appending("run"), isCancelled: isCancelled,
        report: { progress(fold, $0) })
      // The clips that are judged have the shares of those that were trained on.
      var model = outcome.model
      model.decision.prior.target = .trained
      suspects.judge(held, by: Classifier(model, threads: threads, workers: options.workers))
    }
    return suspects
  }
}

extension Dataset {
  /// This dataset, with some clips for testing and the others for training.
  ///
  /// A label without training clips is left out.
  func testing(_ isTested: (Recording) -> Bool) -> Dataset {
    let known = Set(recordings.filter { !isTested($0) }.map(\.label)).union([ClassLabel.silence])
    return Dataset(
      root: root,
      recordings: recordings.filter { known.contains($0.label) }.map { clip in
        Recording(
          path: clip.path, name: clip.name, word: clip.word, label: clip.label,
          split: isTested(clip) ? .testing : .training, speaker: clip.speaker,
          byteCount: clip.byteCount)
      },
      labels: labels.filter(known.contains), noise: noise, splitRule: .fold, ignored: [],
      warnings: [])
  }
}

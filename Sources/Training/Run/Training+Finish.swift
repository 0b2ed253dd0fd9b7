import Basics
import Datasets
import Recognition
import SystemPackage

extension Training {
  /// Runs the epochs, measures the test part once or by folds, and writes the models.
  func finish(
    _ loop: consuming TrainingLoop, _ prepared: PreparedData, _ dataset: Dataset,
    _ folds: FoldPlan?, _ folder: RunFolder, isCancelled: @Sendable () -> Bool,
    report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> Outcome {
    let result = try loop.run(isCancelled: isCancelled, report: report)
    var model: KeywordModel
    do {
      model = try prepared.model(result, threads: options.threads)
    } catch { throw .file(error) }
    var test = TestResult()
    // A fold's model is measured by the caller, on the fold's clips only.
    if dataset.splitRule != .fold {
      prepared.measureOtherWords(of: &model, threads: options.threads)
      test = measureTestPart(of: model, dataset, isCancelled: isCancelled)
    }
    (model.record.test, model.record.testMet) = (test.accuracy, test.met)
    // The epochs are over and in the checkpoint: to go on is to measure the test part again.
    if isCancelled() { throw .interrupted(folder.path) }
    do { try write(&model, result, to: folder) } catch { throw .model(error) }
    folder.becomeLatest()
    folder.removeDecodedClips()
    let skipped = prepared.skipped + test.skipped
    do {
      try AtomicFile.write(
        CSVCell.table([["path", "reason"]] + skipped.map { [$0.path, $0.reason] }),
        to: folder.skipped)
    } catch { throw .file(error) }
    if let folds {
      let validation = CrossValidation(
        self, prepared.recipe, dataset, folds, prior: prepared.prior, folder: folder)
      if model.record.folds == nil {
        report(.folding(count: folds.count))
        if let found = try validation.run(isCancelled: isCancelled, report: report) {
          model.take(found)
          if let choice = found.threshold {
            model.decision.threshold = choice.value
            prepared.measureOtherWords(
              of: &model, refused: choice.refused, threads: options.threads)
          }
          do { try model.write(to: folder.model) } catch { throw .model(error) }
        }
      }
      // Only now, so that a training that is stopped before the result is stored goes on from there.
      do { try validation.removeWork() } catch { throw .file(error) }
    }
    return Outcome(folder: folder, model: model, skipped: skipped)
  }

  /// Writes the model of the best epoch and that after the last.
  ///
  /// What folds have found of the same weights, in a training that goes on, is kept.
  private func write(
    _ model: inout KeywordModel, _ result: TrainingLoop.Result, to folder: RunFolder
  ) throws(ModelError) {
    if let earlier = try? KeywordModel(contentsOf: folder.model), earlier.record.folds != nil,
      earlier.network.parameters == model.network.parameters
    {
      model = earlier
    }
    try model.write(to: folder.model)
    var last = model
    last.network.parameters = result.last
    last.record.bestEpoch = result.epochs
    last.record.validation = nil
    // The temperature was fitted to the best weights.
    last.record.calibration = nil
    last.decision.temperature = 1
    // The folds' threshold is that of the best weights; what was measured with it, too.
    if last.record.otherWords != nil { last.decision.threshold = Decision.usualThreshold }
    last.record.otherWords = nil
    (last.record.test, last.record.testMet, last.record.folds) = (nil, nil, nil)
    try last.write(to: folder.lastModel)
  }
}

extension KeywordModel {
  /// Takes over what folds have found.
  fileprivate mutating func take(_ found: CrossValidation.Result) {
    record.folds = found.record
    // Clips that chose the epoch fit it better.
    guard record.calibration == nil, let calibration = found.calibration else { return }
    record.calibration = calibration
    decision.temperature = calibration.temperature
  }
}

import Basics
import Datasets
import Evaluation
import Recognition
import Statistics

extension Training {
  /// Warns about test clips that are also training clips, or throws.
  func checkTestPart(
    _ dataset: Dataset, _ prepared: PreparedData, _ isCancelled: @Sendable () -> Bool,
    _ report: (TrainingEvent) -> Void
  ) throws(TrainingError) {
    if let start = options.start, start.model.channel != prepared.recipe.channel {
      report(
        .warning(
          "the model to start from reads channel \(KeywordModel.name(ofChannel: start.model.channel)), "
            + "this training \(KeywordModel.name(ofChannel: prepared.recipe.channel)): clips with "
            + "several channels that the model has met are not recognised"))
    }
    if dataset.splitRule == .fold { return }
    let test = try TestPart(
      dataset, metBy: prepared, options: options, isCancelled: isCancelled)
    try test.check(options)
    guard let first = test.met.first else { return }
    if options.isStrict {
      throw .testClipsMet(test.met.count, of: test.clips, first: first)
    }
    report(
      .warning(
        "\(test.met.count) of \(test.clips) test clips are identical to clips that this training, "
          + "or the model that it starts from, has met (first: \(first)): they are left out of the "
          + "test"))
  }

  /// The results on the test part.
  struct TestResult {
    /// Accuracy on the clips that the model never met; nil without such clips.
    var accuracy: Estimate?
    /// Accuracy on the others; nil without others.
    var met: [MetClips]?
    /// Clips that cannot be read.
    var skipped: [SkippedClip] = []
  }

  /// Measures the test part.
  func measureTestPart(
    of model: KeywordModel, _ dataset: Dataset, isCancelled: () -> Bool
  ) -> TestResult {
    guard let plan = try? EvaluationPlan(dataset, for: model, part: .testing) else {
      return TestResult()
    }
    let classifier = Classifier(model, threads: options.threads, workers: options.workers)
    do {
      let tally = try BatchEvaluation(classifier, plan).run(isCancelled: isCancelled)
      var result = TestResult(skipped: tally.skipped)
      // A part with only cuts of silence has no clips.
      guard tally.skipped.isEmpty || tally.skipped.count < plan.summary.clips else { return result }
      if !tally.clips.met.isEmpty { result.met = tally.clips.met.figures }
      guard tally.clips.basis == .unseen else { return result }
      var generator = SeededGenerator(seed: 0)
      result.accuracy = EvaluationReport.make(tally.counts, using: &generator).accuracy
      return result
    } catch {
      return TestResult(skipped: [SkippedClip(path: dataset.name, reason: "\(error)")])
    }
  }
}

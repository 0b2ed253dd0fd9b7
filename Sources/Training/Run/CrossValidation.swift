import Basics
import Datasets
import Evaluation
import Recognition
import Statistics
import SystemPackage

/// The same training once more for each part of the speakers, without them, and measured on them.
///
/// The figures say what to expect for a new speaker of the model that is trained on all, and how much
/// that depends on who it is. Each fold keeps its state in `folds/<n>` of the run folder until all are
/// done, so that folds which were interrupted go on.
package struct CrossValidation: Sendable {

  private let training: Training
  private let recipe: TrainingRecipe
  private let dataset: Dataset
  private let plan: FoldPlan
  private let prior: ClassPrior
  private let folder: RunFolder

  /// The folds of `plan` for a training by `recipe`, whose model answers at `prior`, in its run folder.
  init(
    _ training: Training, _ recipe: TrainingRecipe, _ dataset: Dataset, _ plan: FoldPlan,
    prior: ClassPrior, folder: RunFolder
  ) {
    (self.training, self.recipe, self.dataset) = (training, recipe, dataset)
    (self.plan, self.prior, self.folder) = (plan, prior, folder)
  }

  /// Which fold tests each clip; nil where a training has no folds.
  ///
  /// - Throws: `TrainingError.option` for folds that cannot be.
  static func plan(
    _ dataset: Dataset, by rule: FoldRule, report: (TrainingEvent) -> Void
  ) throws(TrainingError) -> FoldPlan? {
    switch rule {
    case .off: return nil
    case .bySize:
      guard dataset.splitRule == .whole else { return nil }
      let words = dataset.recordings.count { ClassLabel.isKeyword($0.label) }
      // Each fold takes as long as the training itself, or nearly so.
      let plan = dataset.folds(words < 1_000 ? 5 : 3)
      if plan == nil { report(.warning("\(TrainingError.tooFewForFolds); nothing is measured")) }
      return plan
    case .speaker:
      guard dataset.recordings.allSatisfy({ $0.speaker != nil || !ClassLabel.isKeyword($0.label) })
      else { throw .unknownSpeakers }
      guard let plan = dataset.folds(1_000), plan.count <= 1_000 else { throw .tooFewForFolds }
      return plan
    case .count(let count):
      guard let plan = dataset.folds(count) else { throw .tooFewForFolds }
      guard plan.count >= count, count <= 1_000 else {
        throw .option(
          .value(option: "folds", value: "\(count)", mustBe: "2 to \(plan.count) here"))
      }
      return plan
    }
  }

  /// What came of all folds.
  struct Result {
    var record: FoldRecord
    /// The temperature that fits their answers; nil where there are too few.
    var calibration: TemperatureFit?
    /// The threshold, where there are no other words.
    var threshold: ThresholdByWords?
  }

  /// Trains and measures every fold that is not done; `folds.csv` has a row for each that is.
  ///
  /// - Returns: Nil where no fold could measure anything.
  /// - Throws: `TrainingError`; one that was interrupted names the folder of the whole training.
  func run(
    isCancelled: @Sendable () -> Bool, report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> Result? {
    let work = (1...plan.count).map { folder.foldReport.appending("\($0)") }
    let mayChoose = !dataset.labels.contains(ClassLabel.unknown)
    // A fold's figures are told once: where a threshold is to be chosen, those with it.
    let first = try rows(
      FoldedEvaluation(dataset, folds: work),
      { event in
        if case .fold = event, mayChoose { return }
        report(event)
      }
    ) {
      index, evaluation throws(TrainingError) in
      try measure(
        index, evaluation, by: model(of: index, work[index], isCancelled, report), isCancelled)
    }
    guard var found = try publish(first) else { return nil }
    let temperature = found.result.calibration?.temperature ?? 1
    if mayChoose,
      let threshold = ThresholdByWords(
        found.logits, labels: dataset.labels, temperature: temperature)
    {
      // Once more, by the rule of the model that will be used.
      let calibration = found.result.calibration
      let again = FoldedEvaluation(dataset, folds: work.map { $0.appending(Self.decided) })
      let second = try rows(
        again,
        { event in
          if case .fold = event { report(event) }
        }
      ) { index, evaluation throws(TrainingError) in
        var model = try keptModel(work[index])
        model.decision.temperature = temperature
        model.decision.threshold = threshold.value
        return try measure(index, evaluation, by: model, isCancelled)
      }
      guard let other = try publish(second) else { return nil }
      found = other
      (found.result.calibration, found.result.threshold) = (calibration, threshold)
    } else if mayChoose {
      for row in first.rows { report(.fold(row, of: plan.count)) }
    }
    return found.result
  }

  /// Removes what the folds kept to be resumed, once their result is stored.
  func removeWork() throws(FileError) {
    for index in 1...plan.count {
      let work = folder.foldReport.appending("\(index)")
      if isFolder(work) { try removeFolder(work) }
    }
  }

  /// The folder, in that of a fold, of what it found by the threshold that all folds chose.
  private static let decided = "decided"

  /// What each fold has found; `folds.csv` has a row for each that is done.
  ///
  /// - Parameters:
  ///   - evaluation: Where the folds keep what they found.
  ///   - report: Told of each row.
  ///   - measure: Measures a fold that is not done, by its index.
  /// - Returns: The evaluation, and a row for each fold that measured something.
  /// - Throws: `TrainingError` of `measure`, or where the table cannot be written.
  private func rows(
    _ evaluation: FoldedEvaluation, _ report: (TrainingEvent) -> Void,
    measure: (Int, FoldedEvaluation) throws(TrainingError) -> FoldFindings
  ) throws(TrainingError) -> (evaluation: FoldedEvaluation, rows: [FoldRow]) {
    var rows: [FoldRow] = []
    for index in 0..<plan.count {
      let findings: FoldFindings
      if let known = evaluation.measured(index) {
        findings = known
      } else {
        findings = try measure(index, evaluation)
      }
      guard let words = findings.words else {
        report(
          .warning(
            "fold \(index + 1) of \(plan.count) is left out: its clips of words cannot be read, or "
              + "its model has met each of them"))
        continue
      }
      rows.append(
        FoldRow(
          fold: index + 1, speakers: speakers(of: index + 1), words: words,
          others: findings.others))
      do { try AtomicFile.write(Self.table(rows), to: folder.folds) } catch { throw .file(error) }
      report(.fold(rows.last!, of: plan.count))
    }
    return (evaluation, rows)
  }

  /// Writes the report of all folds.
  ///
  /// - Returns: What they found; nil where none could measure anything.
  /// - Throws: `TrainingError.file`.
  private func publish(
    _ folds: (evaluation: FoldedEvaluation, rows: [FoldRow])
  ) throws(TrainingError) -> (result: Result, logits: HeldOutLogits)? {
    let report: (all: FoldFindings, logits: HeldOutLogits)?
    do {
      report = try folds.evaluation.publish(in: ReportFolder(folder.foldReport), prior: prior)
    } catch let error as FileError { throw .file(error) } catch {
      throw .file(.unreadable(folder.foldReport, reason: "\(error)"))
    }
    guard let report, let words = report.all.words else { return nil }
    let result = Result(
      record: FoldRecord(
        count: folds.rows.count, speakers: dataset.recordings.wordSpeakers, words: words,
        others: report.all.others, shares: folds.rows.compactMap(\.words.value)),
      calibration: TemperatureFit(report.logits))
    return (result, report.logits)
  }

  /// The recipe of a fold's training, and the dataset in which that fold tests.
  private func part(
    of index: Int
  ) throws(TrainingError) -> (recipe: TrainingRecipe, dataset: Dataset) {
    var recipe = recipe
    recipe.folds = .off
    recipe.dataset.fold = Fold(index + 1, of: plan.count)
    do {
      return (
        recipe,
        try Dataset.scan(
          training.root, options: recipe.dataset, hasNegatives: recipe.negatives != nil)
      )
    } catch { throw .dataset(error) }
  }

  /// The model that is trained without a fold's speakers.
  private func model(
    of index: Int, _ work: FilePath, _ isCancelled: @Sendable () -> Bool,
    _ report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> KeywordModel {
    let options = training.options
    let inside: @Sendable (TrainingEvent) -> Void = { [count = plan.count] event in
      report(.inFold(index + 1, of: count, event))
    }
    do throws(TrainingError) {
      let (recipe, dataset) = try part(of: index)
      let run = RunFolder(existing: work)
      return
        (isFile(run.checkpoint)
        ? try Training.resume(
          run, root: training.root, threads: options.threads, memory: options.memory,
          workers: options.workers, isCancelled: isCancelled, report: inside)
        : try training.run(
          dataset, recipe: recipe, into: work, isCancelled: isCancelled, report: inside)).model
    } catch .interrupted, .interruptedEarly {
      throw .interrupted(folder.path)
    }
  }

  /// The model that a fold's training left in its folder.
  private func keptModel(_ work: FilePath) throws(TrainingError) -> KeywordModel {
    do { return try KeywordModel(contentsOf: RunFolder(existing: work).model) } catch {
      throw .model(error)
    }
  }

  /// Measures the clips of a fold by a model that was trained without them.
  private func measure(
    _ index: Int, _ evaluation: FoldedEvaluation, by model: KeywordModel,
    _ isCancelled: @Sendable () -> Bool
  ) throws(TrainingError) -> FoldFindings {
    let classifier = Classifier(
      model, threads: training.options.threads, workers: training.options.workers)
    let dataset = try part(of: index).dataset
    let findings: FoldFindings?
    do {
      findings = try evaluation.measure(index, dataset, by: classifier, isCancelled: isCancelled)
    } catch let error as FileError { throw .file(error) } catch {
      throw .file(.unreadable(folder.foldReport.appending("\(index + 1)"), reason: "\(error)"))
    }
    guard let findings else { throw .interrupted(folder.path) }
    return findings
  }

  private func speakers(of fold: Int) -> [String] {
    Set(
      zip(dataset.recordings, plan.folds).lazy
        .filter { $1 == fold && ClassLabel.isKeyword($0.label) }
        .compactMap(\.0.speaker)
    ).sorted()
  }

  private static func table(_ rows: [FoldRow]) -> String {
    CSVCell.table(
      [
        [
          "fold", "speakers", "clips", "accuracy", "low", "high", "others", "rejected",
        ]
      ]
        + rows.map { row in
          let figures = [row.words.value, row.words.low, row.words.high]
          return ["\(row.fold)", row.speakers.joined(separator: " "), "\(row.words.n)"]
            + figures.map { $0.map { "\($0)" } ?? "" }
            + [row.others.map { "\($0.n)" } ?? "", row.others?.value.map { "\($0)" } ?? ""]
        })
  }
}

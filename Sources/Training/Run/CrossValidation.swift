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
  }

  /// Trains and measures every fold that is not done; `folds.csv` has a row for each that is.
  ///
  /// - Returns: Nil where no fold could measure anything.
  /// - Throws: `TrainingError`; one that was interrupted names the folder of the whole training.
  func run(
    isCancelled: @Sendable () -> Bool, report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> Result? {
    let work = (1...plan.count).map { folder.foldReport.appending("\($0)") }
    let evaluation = FoldedEvaluation(dataset, folds: work)
    var rows: [FoldRow] = []
    for index in 0..<plan.count {
      let findings: FoldFindings
      if let known = evaluation.measured(index) {
        findings = known
      } else {
        findings = try measure(index, evaluation, work[index], isCancelled, report)
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
    let report: (all: FoldFindings, logits: HeldOutLogits)?
    do {
      report = try evaluation.publish(in: ReportFolder(folder.foldReport), prior: prior)
      for path in work { try removeFolder(path) }
    } catch let error as FileError { throw .file(error) } catch {
      throw .file(.unreadable(folder.foldReport, reason: "\(error)"))
    }
    guard let report, let words = report.all.words else { return nil }
    return Result(
      record: FoldRecord(
        count: rows.count, speakers: dataset.wordSpeakers, words: words, others: report.all.others,
        shares: rows.compactMap(\.words.value)),
      calibration: TemperatureFit(report.logits))
  }

  private func measure(
    _ index: Int, _ evaluation: FoldedEvaluation, _ work: FilePath,
    _ isCancelled: @Sendable () -> Bool, _ report: @Sendable (TrainingEvent) -> Void
  ) throws(TrainingError) -> FoldFindings {
    var recipe = recipe
    recipe.folds = .off
    recipe.dataset.fold = Fold(index + 1, of: plan.count)
    let options = training.options
    let inside: @Sendable (TrainingEvent) -> Void = { [count = plan.count] event in
      report(.inFold(index + 1, of: count, event))
    }
    do throws(TrainingError) {
      let part: Dataset
      do {
        part = try Dataset.scan(
          training.root, options: recipe.dataset, hasNegatives: recipe.negatives != nil)
      } catch { throw .dataset(error) }
      let run = RunFolder(existing: work)
      let outcome =
        isFile(run.checkpoint)
        ? try Training.resume(
          run, root: training.root, threads: options.threads, memory: options.memory,
          workers: options.workers, isCancelled: isCancelled, report: inside)
        : try training.run(
          part, recipe: recipe, into: work, isCancelled: isCancelled, report: inside)
      let classifier = Classifier(
        outcome.model, threads: options.threads, workers: options.workers)
      let findings: FoldFindings?
      do {
        findings = try evaluation.measure(index, part, by: classifier, isCancelled: isCancelled)
      } catch let error as FileError { throw .file(error) } catch {
        throw .file(.unreadable(work, reason: "\(error)"))
      }
      guard let findings else { throw .interrupted(folder.path) }
      return findings
    } catch .interrupted, .interruptedEarly {
      throw .interrupted(folder.path)
    }
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

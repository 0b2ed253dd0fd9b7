import Basics
import Datasets
import Glibc
import Recognition
import Statistics
import SystemPackage

/// Cross-validation: one training per fold, measured on speakers that it was not trained on.
///
/// The mean over the folds estimates the accuracy for a new speaker; their spread shows how much it
/// depends on the speaker.
public struct CrossValidation: Sendable {
  /// How the speakers are divided into folds.
  public enum Rule: Equatable, Sendable {
    /// One fold per speaker.
    case speaker
    /// A number of folds of whole speakers, with about equal numbers of clips.
    case count(Int)
  }

  /// The result of one fold.
  public struct Row: Equatable, Sendable {
    /// The fold, from 1.
    public var fold: Int
    /// The speakers that were tested; empty if they are not known.
    public var speakers: [String]
    /// Accuracy on the fold's clips that its model never met.
    public var accuracy: Estimate
  }

  private let training: Training
  private let rule: Rule

  /// Makes a cross-validation with the dataset and options of `training`.
  public init(_ training: Training, by rule: Rule) {
    (self.training, self.rule) = (training, rule)
  }

  /// Trains and measures every fold; `folds.csv` gets one row per finished fold.
  ///
  /// - Parameters:
  ///   - out: The folder to create, with a run folder for each fold; nil creates
  ///     `runs/<dataset>-<n>`.
  ///   - isCancelled: As in `Training.run`.
  ///   - report: As in `Training.run`.
  ///   - finished: Called after each fold.
  /// - Returns: The folder, and one row per fold.
  /// - Throws: `TrainingError`.
  public func run(
    into out: FilePath?, isCancelled: @Sendable () -> Bool = { false },
    report: @Sendable (TrainingEvent) -> Void, finished: (Row, _ count: Int) -> Void
  ) throws(TrainingError) -> (folder: RunFolder, rows: [Row]) {
    let dataset: Dataset
    do {
      dataset = try Dataset.scan(training.root, options: training.options.dataset)
    } catch { throw .dataset(error) }
    let count = try foldCount(dataset)
    let folder: RunFolder
    do { folder = try training.makeFolder(out) } catch { throw .file(error) }
    var rows: [Row] = []
    for index in 1...count {
      var fold = training
      fold.options.dataset.fold = Fold(index, of: count)
      let outcome = try fold.run(
        into: folder.path.appending("fold-\(index)"), isCancelled: isCancelled, report: report)
      guard let accuracy = outcome.model.record.test else {
        let reason =
          outcome.model.record.testMet == nil
          ? "none of its clips can be read" : "its model has met each of its clips"
        report(.warning("fold \(index) of \(count) is left out: \(reason)"))
        continue
      }
      let row = Row(
        fold: index, speakers: speakers(of: index, in: dataset, count: count), accuracy: accuracy)
      rows.append(row)
      do { try AtomicFile.write(Self.table(rows), to: folder.folds) } catch { throw .file(error) }
      finished(row, count)
    }
    return (folder, rows)
  }

  /// Mean and standard deviation of the folds' accuracies.
  public static func summary(_ rows: [Row]) -> (mean: Double, deviation: Double) {
    let values = rows.compactMap(\.accuracy.value)
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(max(1, values.count - 1))).squareRoot())
  }

  private func foldCount(_ dataset: Dataset) throws(TrainingError) -> Int {
    let speakers = Set(dataset.recordings.map(\.splitKey)).count
    switch rule {
    case .speaker:
      guard dataset.recordings.allSatisfy({ $0.speaker != nil }) else {
        throw .unknownSpeakers
      }
      guard (2...1_000).contains(speakers) else {
        throw .foldsBySpeaker(speakers: speakers)
      }
      return speakers
    case .count(let count):
      guard (2...min(1_000, max(2, speakers))).contains(count) else {
        throw .option(
          .value(option: "folds", value: "\(count)", mustBe: "2 to the \(speakers) speakers"))
      }
      return count
    }
  }

  private func speakers(of index: Int, in dataset: Dataset, count: Int) -> [String] {
    let folds = Fold.assignment(dataset.recordings.map(\.splitKey), count: count)
    return Set(dataset.recordings.compactMap(\.speaker)).filter { folds[$0] == index }.sorted()
  }

  private static func table(_ rows: [Row]) -> String {
    CSVCell.table(
      [["fold", "speakers", "clips", "accuracy", "low", "high"]]
        + rows.map { row in
          let figures = [row.accuracy.value, row.accuracy.low, row.accuracy.high]
          return ["\(row.fold)", row.speakers.joined(separator: " "), "\(row.accuracy.n)"]
            + figures.map { $0.map { "\($0)" } ?? "" }
        })
  }
}

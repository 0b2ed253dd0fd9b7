import Basics

/// Predictions as CSV, one row per clip: `path, label, predicted, correct, speaker, split, role,
/// file`, then `rejected, threshold` for a keyword below its threshold, then the probability of
/// each of the model's classes in a column `p:` and its name.
///
/// With more classes than `ManyClasses.mostInFiles`, it has the ten likeliest instead: `p`, the
/// probability of the label, then `top1, p1` to `top10, p10`.
///
/// `role` is a `ClipRole`, empty for a clip that the model never met; `file` is a hash of the
/// file's bytes in 16 hexadecimal digits, empty for cuts of silence.
///
/// The format is RFC 4180. A name that a spreadsheet would take for a formula gets an apostrophe in
/// front, which `read` removes. Probabilities have the fewest digits that give the same Float.
public struct PredictionTable: Sendable {
  /// The columns that every table has, including older ones.
  static let firstColumns = ["path", "label", "predicted", "correct", "speaker", "split"]
  static let columns = firstColumns + ["role", "file", "rejected", "threshold"]
  static let prefix = "p:"
  /// Number of classes in a row of a table that does not name all of them.
  static let topCount = 10
  static let topColumns = ["p"] + (1...topCount).flatMap { ["top\($0)", "p\($0)"] }

  /// The model's classes, in the order of the probabilities.
  public let labels: [String]
  private let places: [String: Int]

  /// Makes a table for one model.
  public init(labels: [String]) {
    self.labels = labels
    places = Dictionary(zip(labels, 0...)) { first, _ in first }
  }

  private var namesAll: Bool { labels.count <= ManyClasses.mostInFiles }

  /// The first line, with its line end.
  public var header: String {
    CSVCell.row(
      Self.columns
        + (namesAll ? labels.map { CSVCell.write(Self.prefix + $0) } : Self.topColumns))
  }

  /// The line of one clip, with its line end; a table can be written line by line.
  public func row(_ prediction: Prediction) -> String {
    precondition(
      prediction.probabilities.count == labels.count,
      "\(prediction.probabilities.count) probabilities of \(labels.count) classes")
    let rejected = prediction.rejected
    return CSVCell.row(
      [
        CSVCell.write(prediction.path), CSVCell.write(prediction.label),
        CSVCell.write(prediction.predicted), prediction.isCorrect ? "1" : "0",
        CSVCell.write(prediction.speaker ?? ""), prediction.split?.rawValue ?? "",
        prediction.role?.rawValue ?? "", prediction.fileHash.map(Self.text) ?? "",
        CSVCell.write(rejected?.label ?? ""), rejected.map { "\($0.threshold)" } ?? "",
      ] + (namesAll ? prediction.probabilities.map { "\($0)" } : top(prediction)))
  }

  /// The cells of `topColumns`.
  private func top(_ prediction: Prediction) -> [String] {
    let probabilities = prediction.probabilities
    var best: [Int] = []
    for index in probabilities.indices {
      if best.count == Self.topCount, probabilities[index] <= probabilities[best.last!] { continue }
      let place = best.firstIndex { probabilities[$0] < probabilities[index] } ?? best.count
      best.insert(index, at: place)
      if best.count > Self.topCount { best.removeLast() }
    }
    let own = places[prediction.label].map { "\(probabilities[$0])" } ?? ""
    return [own] + best.flatMap { [CSVCell.write(labels[$0]), "\(probabilities[$0])"] }
  }

  /// A hash in 16 hexadecimal digits.
  private static func text(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The whole table.
  public func render(_ predictions: [Prediction]) -> String {
    header + predictions.map(row).joined()
  }

  /// Why a table of predictions cannot be read.
  public struct ReadError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// What is wrong and what to do.
    public let reason: String
    /// One sentence.
    public var description: String { "line \(line): \(reason)" }
  }

  /// Reads a table with the classes in its header; a table with only the likeliest classes gives no
  /// classes and no probabilities.
  public static func read(
    _ bytes: [UInt8]
  ) throws(ReadError) -> (labels: [String], predictions: [Prediction]) {
    var reader = PredictionReader()
    let predictions = try reader.read(bytes, isLast: true)
    return (reader.labels, predictions)
  }
}

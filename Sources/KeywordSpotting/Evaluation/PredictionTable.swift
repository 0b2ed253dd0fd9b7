/// Predictions as CSV, a row a clip: `path, label, predicted, correct, speaker, split`, then the
/// probability of each of the model's classes under `p:` and its name.
///
/// RFC 4180; names that a spreadsheet would take for a formula begin with an apostrophe, which
/// `read` takes away. Probabilities are the shortest digits that give the same Float back.
public struct PredictionTable: Sendable {
  private static let columns = ["path", "label", "predicted", "correct", "speaker", "split"]
  private static let prefix = "p:"

  /// The model's classes, in the order of the probabilities.
  public let labels: [String]

  /// A table for one model.
  public init(labels: [String]) { self.labels = labels }

  /// The first line, with its line end.
  public var header: String {
    CSVCell.row(Self.columns + labels.map { CSVCell.write(Self.prefix + $0) })
  }

  /// The line of one clip, with its line end: a table can be written clip by clip.
  public func row(_ prediction: Prediction) -> String {
    precondition(
      prediction.probabilities.count == labels.count,
      "\(prediction.probabilities.count) probabilities of \(labels.count) classes")
    return CSVCell.row(
      [
        CSVCell.write(prediction.path), CSVCell.write(prediction.label),
        CSVCell.write(prediction.predicted), prediction.isCorrect ? "1" : "0",
        CSVCell.write(prediction.speaker ?? ""), prediction.split?.rawValue ?? "",
      ] + prediction.probabilities.map { "\($0)" })
  }

  /// The whole table.
  public func render(_ predictions: [Prediction]) -> String {
    header + predictions.map(row).joined()
  }

  /// Why a table of predictions cannot be read.
  public struct ReadError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where, from 1.
    public let line: Int
    /// What is wrong and what to do.
    public let reason: String
    /// One sentence.
    public var description: String { "line \(line): \(reason)" }
  }

  /// Reads a table back, with the classes that its header names.
  public static func read(
    _ bytes: [UInt8]
  ) throws(ReadError) -> (labels: [String], predictions: [Prediction]) {
    var text = DelimitedText(bytes)
    guard let header = try next(&text), header.cells.count > columns.count else {
      throw ReadError(line: 1, reason: "no header; write the table with kws evaluate")
    }
    let names = header.cells.map(CSVCell.read)
    let labels = names.dropFirst(columns.count)
    guard Array(names.prefix(columns.count)) == columns,
      labels.allSatisfy({ $0.hasPrefix(prefix) })
    else {
      throw ReadError(
        line: header.line,
        reason: "the header is not \(columns.joined(separator: ",")),p:...; write the table with "
          + "kws evaluate")
    }
    var predictions: [Prediction] = []
    while let row = try next(&text) {
      predictions.append(try prediction(row, classes: labels.count))
    }
    return (labels.map { String($0.dropFirst(prefix.count)) }, predictions)
  }

  private static func next(
    _ text: inout DelimitedText
  ) throws(ReadError) -> DelimitedText.Row? {
    do {
      return try text.nextRow()
    } catch {
      throw ReadError(line: error.line, reason: "\(ManifestProblem.badQuote)")
    }
  }

  private static func prediction(
    _ row: DelimitedText.Row, classes: Int
  ) throws(ReadError) -> Prediction {
    guard row.cells.count == columns.count + classes else {
      throw ReadError(
        line: row.line,
        reason: "\(row.cells.count) cells, the header has \(columns.count + classes)")
    }
    let cells = row.cells.map(CSVCell.read)
    var probabilities: [Float] = []
    for cell in cells.dropFirst(columns.count) {
      guard let value = Float(cell), value >= 0, value <= 1.0001 else {
        throw ReadError(line: row.line, reason: "'\(cell)' is not a probability")
      }
      probabilities.append(value)
    }
    let split = Split(rawValue: cells[5])
    guard split != nil || cells[5].isEmpty else {
      throw ReadError(line: row.line, reason: "\(ManifestProblem.unknownSplit(cells[5]))")
    }
    return Prediction(
      path: cells[0], label: cells[1], predicted: cells[2], probabilities: probabilities,
      speaker: cells[4].isEmpty ? nil : cells[4], split: split)
  }
}

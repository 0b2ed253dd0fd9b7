import Basics
import Datasets
import Glibc
import Recognition
import SystemPackage

/// Reads a table of predictions a block at a time, so that a table of any size takes little memory.
struct PredictionReader {
  /// The classes that the header names; empty before it was read.
  private(set) var labels: [String] = []
  /// The columns before the probabilities.
  private var columns: [String] = []
  private var rest: [UInt8] = []
  private var line = 1
  private var hasHeader = false

  /// Reads the next block of bytes, which may end anywhere.
  ///
  /// - Parameters:
  ///   - block: The bytes.
  ///   - isLast: Whether the table ends with them.
  /// - Returns: The rows that are whole by now.
  /// - Throws: `PredictionTable.ReadError`.
  mutating func read(
    _ block: [UInt8], isLast: Bool
  ) throws(PredictionTable.ReadError) -> [Prediction] {
    rest += block
    let end = isLast ? rest.count : Self.endOfRows(rest)
    let rows = Array(rest[..<end])
    rest.removeSubrange(..<end)
    var text = DelimitedText(rows, line: line)
    var predictions: [Prediction] = []
    while let row = try Self.next(&text) {
      if hasHeader {
        predictions.append(try prediction(row))
      } else {
        try readHeader(row)
      }
    }
    line = text.line
    if isLast, !hasHeader {
      throw PredictionTable.ReadError(
        line: 1, reason: "no header; write the table with kws evaluate")
    }
    return predictions
  }

  /// Where the last whole row ends: at a line feed outside of quotes.
  private static func endOfRows(_ bytes: [UInt8]) -> Int {
    var end = 0
    var isQuoted = false
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { end = index + 1 }
    }
    return end
  }

  private static func next(
    _ text: inout DelimitedText
  ) throws(PredictionTable.ReadError) -> DelimitedText.Row? {
    do {
      return try text.nextRow()
    } catch {
      throw PredictionTable.ReadError(line: error.line, reason: "\(ManifestProblem.badQuote)")
    }
  }

  private mutating func readHeader(
    _ row: DelimitedText.Row
  ) throws(PredictionTable.ReadError) {
    let prefix = PredictionTable.prefix
    let names = row.cells.map(CSVCell.read)
    columns = PredictionTable.columns
    if names.count > PredictionTable.firstColumns.count,
      names[PredictionTable.firstColumns.count].hasPrefix(prefix)
    {
      columns = PredictionTable.firstColumns
    }
    guard row.cells.count > columns.count else {
      throw PredictionTable.ReadError(
        line: 1, reason: "no header; write the table with kws evaluate")
    }
    let classes = names.dropFirst(columns.count)
    guard Array(names.prefix(columns.count)) == columns,
      classes.allSatisfy({ $0.hasPrefix(prefix) })
    else {
      throw PredictionTable.ReadError(
        line: row.line,
        reason: "the header is not \(columns.joined(separator: ",")),p:...; write the table with "
          + "kws evaluate")
    }
    labels = classes.map { String($0.dropFirst(prefix.count)) }
    hasHeader = true
  }

  private func prediction(
    _ row: DelimitedText.Row
  ) throws(PredictionTable.ReadError) -> Prediction {
    guard row.cells.count == columns.count + labels.count else {
      throw PredictionTable.ReadError(
        line: row.line,
        reason: "\(row.cells.count) cells, the header has \(columns.count + labels.count)")
    }
    let cells = row.cells.map(CSVCell.read)
    var probabilities: [Float] = []
    for cell in cells.dropFirst(columns.count) {
      guard let value = Float(cell), value >= 0, value <= 1.0001 else {
        throw PredictionTable.ReadError(line: row.line, reason: "'\(cell)' is not a probability")
      }
      probabilities.append(value)
    }
    let split = Split(rawValue: cells[5])
    guard split != nil || cells[5].isEmpty else {
      throw PredictionTable.ReadError(
        line: row.line, reason: "\(ManifestProblem.unknownSplit(cells[5]))")
    }
    var prediction = Prediction(
      path: cells[0], label: cells[1], predicted: cells[2], probabilities: probabilities,
      speaker: cells[4].isEmpty ? nil : cells[4], split: split)
    guard columns.count > PredictionTable.firstColumns.count else { return prediction }
    (prediction.role, prediction.fileHash) = (
      ClipRole(rawValue: cells[6]), UInt64(cells[7], radix: 16)
    )
    guard cells[6].isEmpty || prediction.role != nil,
      cells[7].isEmpty || prediction.fileHash != nil
    else {
      throw PredictionTable.ReadError(
        line: row.line,
        reason: "'\(cells[6])' and '\(cells[7])' are not a role and a file's hash; write the table "
          + "with kws evaluate")
    }
    return prediction
  }
}

extension PredictionTable {
  /// Reads a table from a file, row by row.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Bytes to read; nil reads all.
  ///   - body: Called with each prediction, in order.
  /// - Throws: `FileError`, `ReadError`, and what `body` throws.
  package static func forEach(
    in path: FilePath, limit: Int? = nil, _ body: (Prediction) throws -> Void
  ) throws {
    let file = try FileBlocks(path, limit: limit)
    var reader = PredictionReader()
    while true {
      let block = try file.next()
      for prediction in try reader.read(block, isLast: block.isEmpty) { try body(prediction) }
      if block.isEmpty { return }
    }
  }
}

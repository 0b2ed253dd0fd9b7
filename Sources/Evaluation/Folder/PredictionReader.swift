import Basics
import Datasets
import Glibc
import SystemPackage

/// Reads a table of predictions block by block, in constant memory.
struct PredictionReader {
  /// The classes in the header; empty before it is read.
  private(set) var labels: [String] = []
  private var layout: PredictionLayout
  private var rest: [UInt8] = []
  private var line = 1
  private var hasHeader = false

  /// Makes a reader for one table.
  ///
  /// - Parameter labels: The model's classes, for a table with only the likeliest classes; without
  ///   them its rows have no probabilities.
  init(labels: [String] = []) { layout = PredictionLayout(labels: labels) }

  /// Reads the next block of bytes, which may end within a row.
  ///
  /// - Parameters:
  ///   - block: The bytes.
  ///   - isLast: Whether this is the last block.
  /// - Returns: The predictions of the rows that are now complete.
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

  /// The end of the last complete row: a line feed outside quotes.
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
    try layout.readHeader(row)
    labels = layout.named
    hasHeader = true
  }

  private func prediction(
    _ row: DelimitedText.Row
  ) throws(PredictionTable.ReadError) -> Prediction {
    try layout.prediction(row)
  }
}

extension PredictionTable {
  /// Reads a table from a file, row by row.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Number of bytes to read; nil reads all.
  ///   - labels: The model's classes, for a table that does not name them all.
  ///   - body: Called with each prediction, in order.
  /// - Throws: `FileError`, `ReadError`, and what `body` throws.
  package static func forEach(
    in path: FilePath, limit: Int? = nil, labels: [String] = [], _ body: (Prediction) throws -> Void
  ) throws {
    let file = try FileBlocks(path, limit: limit)
    var reader = PredictionReader(labels: labels)
    while true {
      let block = try file.next()
      for prediction in try reader.read(block, isLast: block.isEmpty) { try body(prediction) }
      if block.isEmpty { return }
    }
  }
}

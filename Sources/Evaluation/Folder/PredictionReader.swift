import Basics
import Datasets
import Glibc
import SystemPackage

/// Reads a table of predictions a block at a time, so that a table of any size takes little memory.
struct PredictionReader {
  /// The classes that the header names; empty before it was read.
  private(set) var labels: [String] = []
  private var layout: PredictionLayout
  private var rest: [UInt8] = []
  private var line = 1
  private var hasHeader = false

  /// A reader of one table.
  ///
  /// - Parameter labels: The model's classes, for a table that names the likeliest only; without them
  ///   its rows have no probabilities.
  init(labels: [String] = []) { layout = PredictionLayout(labels: labels) }

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
  ///   - limit: Bytes to read; nil reads all.
  ///   - labels: The model's classes, for the probabilities of a table that does not name them all.
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

@testable import Basics

extension DelimitedText {
  /// All rows from here to the end.
  mutating func rows() throws(BadQuote) -> [Row] {
    var rows: [Row] = []
    while let row = try nextRow() { rows.append(row) }
    return rows
  }
}

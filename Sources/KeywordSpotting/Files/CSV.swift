/// Tables as RFC 4180 text.
package enum CSV {
  /// A header line and rows of as many cells.
  package static func table(header: [String], rows: [[String]]) -> String {
    line(header) + rows.map(line).joined()
  }

  /// One row with its line end.
  package static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\n"
  }

  private static func cell(_ text: String) -> String {
    let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

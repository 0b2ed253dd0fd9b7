/// Cells of the tables that kws writes: quoted as in RFC 4180, and never a formula.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a
/// formula, even in quotes (OWASP, "CSV Injection"). Such text gets an apostrophe in front. So does
/// text that begins with an apostrophe, so that `read` returns exactly what was written.
package enum CSVCell {
  private static let dangerous = Set("=+-@\t\r\n'＝＋－＠".unicodeScalars)

  /// A name as a cell.
  package static func write(_ text: String) -> String {
    let isDangerous = text.unicodeScalars.first.map(dangerous.contains) ?? false
    let safe = isDangerous ? "'" + text : text
    let needsQuotes = safe.utf8.contains { byte in
      [UInt8(ascii: "\""), UInt8(ascii: ","), 0x0a, 0x0d].contains(byte)
    }
    return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }

  /// The name in a cell that was written by `write` and unquoted by the table's reader.
  package static func read(_ cell: [UInt8]) -> String {
    let text = String(decoding: cell, as: UTF8.self)
    guard text.unicodeScalars.first == "'",
      let second = text.unicodeScalars.dropFirst().first, dangerous.contains(second)
    else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.dropFirst()))
  }

  /// Rows of names as a table.
  package static func table(_ rows: [[String]]) -> String {
    rows.map { row($0.map(write)) }.joined()
  }

  /// Cells as a row with the line end of RFC 4180.
  package static func row(_ cells: [String]) -> String { cells.joined(separator: ",") + "\r\n" }
}

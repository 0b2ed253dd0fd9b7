import Basics

/// Manifests as tables: a header line, then one row per clip.
///
/// Columns in any order and case: `path` (or `file`, `file_name`), `label` (or `word`), and
/// optionally `split` and `speaker` (or `speaker_id`). Others are ignored.
struct ManifestTable {
  private let columnCount: Int
  private let path: Int
  private let label: Int
  private let split: Int?
  private let speaker: Int?

  /// Reads all rows; `file` is the manifest's name in errors.
  static func rows(of text: DelimitedText, file: String) throws(DatasetError) -> [ManifestRow] {
    var text = text
    let table = try ManifestTable(header: next(in: &text, file: file), file: file)
    var rows: [ManifestRow] = []
    while let row = try next(in: &text, file: file) {
      rows.append(try table.row(row, file: file))
    }
    return rows
  }

  private static func next(
    in text: inout DelimitedText, file: String
  ) throws(DatasetError) -> DelimitedText.Row? {
    do {
      return try text.nextRow()
    } catch {
      throw .manifest(file: file, line: error.line, .badQuote)
    }
  }

  private init(header: DelimitedText.Row?, file: String) throws(DatasetError) {
    let line = header?.line ?? 1
    let found = (header?.cells ?? []).map { Self.text($0) }
    func index(_ names: String...) throws(DatasetError) -> Int? {
      let matches = found.indices.filter { names.contains(found[$0].lowercased()) }
      if matches.count > 1 {
        throw .manifest(file: file, line: line, .repeatedColumn(found[matches[1]]))
      }
      return matches.first
    }
    guard let path = try index("path", "file", "file_name"), let label = try index("label", "word")
    else { throw .manifest(file: file, line: line, .missingColumns(found: found)) }
    columnCount = found.count
    self.path = path
    self.label = label
    split = try index("split")
    speaker = try index("speaker", "speaker_id")
  }

  private func row(_ row: DelimitedText.Row, file: String) throws(DatasetError) -> ManifestRow {
    guard row.cells.count == columnCount else {
      throw .manifest(
        file: file, line: row.line, .cellCount(row.cells.count, expected: columnCount))
    }
    return try ManifestRow(
      line: row.line, path: row.cells[path], label: Self.text(row.cells[label]),
      split: split.map { Self.text(row.cells[$0]) },
      speaker: speaker.map { Self.text(row.cells[$0]) }, file: file)
  }

  /// A cell as text, without spaces around it.
  private static func text(_ cell: [UInt8]) -> String {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let trimmed = cell.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    return Array(trimmed).displayName
  }
}

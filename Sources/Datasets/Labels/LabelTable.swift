import Basics
import SystemPackage

/// Labels as a table: a header line, then a row a word or a recording.
///
/// Columns in any order and case: `path` (or `file`, `file_name`), and `label` (or `word`, `keyword`)
/// with `start` and `end` in seconds, or `text`, what is said in the recording; if wanted `speaker`
/// (or `speaker_id`). A label without times is said somewhere; a row with neither label nor text names a
/// recording without keywords. Others are not read.
struct LabelTable {
  private let path: Int
  private let label: Int?
  private let start: Int?
  private let end: Int?
  private let text: Int?
  private let speaker: Int?
  private let columnCount: Int
  private let file: String

  /// Reads all rows, each with its path as it stands there.
  static func rows(
    _ bytes: [UInt8], separator: Character, file: String
  ) throws(LabelError) -> [(path: PathBytes, labels: RecordingLabels)] {
    var reader = DelimitedText(bytes, separator: separator)
    func next() throws(LabelError) -> DelimitedText.Row? {
      do { return try reader.nextRow() } catch {
        throw .row(file: file, line: error.line, problem: "\(ManifestProblem.badQuote)")
      }
    }
    let table = try LabelTable(header: next(), file: file)
    var rows: [(path: PathBytes, labels: RecordingLabels)] = []
    while let row = try next() { rows.append(try table.row(row)) }
    return rows
  }

  private init(header: DelimitedText.Row?, file: String) throws(LabelError) {
    let names = (header?.cells ?? []).map { Self.text($0).lowercased() }
    func index(_ wanted: String...) -> Int? { names.firstIndex { wanted.contains($0) } }
    label = index("label", "word", "keyword")
    (start, end, text) = (index("start"), index("end"), index("text"))
    speaker = index("speaker", "speaker_id")
    columnCount = names.count
    self.file = file
    guard let path = index("path", "file", "file_name"), label != nil || text != nil else {
      throw .row(
        file: file, line: header?.line ?? 1,
        problem:
          "the first line must name the columns path, start, end and label, or path and text; "
          + "found \(DatasetError.list(names))")
    }
    self.path = path
  }

  private func row(
    _ row: DelimitedText.Row
  ) throws(LabelError) -> (path: PathBytes, labels: RecordingLabels) {
    func fail(_ problem: String) -> LabelError {
      .row(file: file, line: row.line, problem: problem)
    }
    guard row.cells.count == columnCount else {
      throw fail("\(row.cells.count) cells, the header has \(columnCount)")
    }
    func cell(_ index: Int?) -> String? {
      guard let index else { return nil }
      let text = Self.text(row.cells[index])
      return text.isEmpty ? nil : text
    }
    guard !row.cells[path].isEmpty else { throw fail("the path is empty; fill it in") }
    var labels = RecordingLabels()
    // An empty text says that nothing is said.
    labels.text = text.map { Self.text(row.cells[$0]) }
    labels.speaker = cell(speaker)
    if let label = cell(label) {
      switch (cell(start), cell(end)) {
      case (let start?, let end?):
        do {
          labels.words = [
            LabelledWord(label: label, seconds: try Self.seconds(start, end))
          ]
        } catch { throw fail(error.problem) }
      case (nil, nil): labels.untimed[label] = 1
      default: throw fail("the word has only one of start and end; give both or none")
      }
    }
    return (row.cells[path], labels)
  }

  /// Times that are none.
  struct BadTime: Error { var problem: String }

  /// A start and an end in seconds.
  static func seconds(_ start: String, _ end: String) throws(BadTime) -> ClosedRange<Double> {
    guard let first = Double(start), let last = Double(end), first.isFinite, last.isFinite else {
      throw BadTime(problem: "'\(start)' to '\(end)' are no times in seconds")
    }
    guard first >= 0, first <= last else {
      throw BadTime(problem: "a word cannot last from \(start) to \(end) s")
    }
    return first...last
  }

  private static func text(_ cell: [UInt8]) -> String {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    return Array(cell.drop(while: isSpace).reversed().drop(while: isSpace).reversed()).displayName
  }
}

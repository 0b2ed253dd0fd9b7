import Basics
import Glibc
import Recognition
import SystemPackage

/// What is known of saved sounds, beside them in their folder.
package enum SavedEventTable {
  /// The table that `EventSaver` writes.
  package static let name = "events.csv"
  /// The table of a folder of mined clips.
  package static let minedName = "transcripts.csv"
  /// Larger tables are not read, in bytes.
  private static let limit = 1 << 28

  private static let columns = [
    "path", "label", "probability", "start", "end", "decided", "source", "time",
  ]

  /// One sound.
  package struct Row {
    /// Relative to the table's folder, as text from which its bytes can be had back.
    package var path: String
    package var label: String
    package var probability: Double?
    package var start: Double?
    package var source: String?
    package var time: String?
    /// Its place, from 0.
    package var number = 0
  }

  /// Adds a row at the end, after a header where there is none.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - path: The sound's path, relative to the folder.
  ///   - origin: Where the sound came from, and the time of day of live sound.
  ///   - folder: The folder.
  /// - Throws: `FileError`.
  static func add(
    _ event: Event, at path: PathBytes, _ origin: (source: String, time: String?),
    to folder: FilePath
  ) throws(FileError) {
    let table = folder.appending(name)
    let descriptor = table.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    }
    guard descriptor >= 0 else { throw .cannotCreate(table, reason: systemMessage(errno)) }
    defer { close(descriptor) }
    var status = stat()
    let isNew = fstat(descriptor, &status) == 0 && status.st_size == 0
    let times = [event.seconds.lowerBound, event.seconds.upperBound, event.decided]
    let cells =
      [CSVCell.write(path.displayName), CSVCell.write(event.label)]
      + [TextCell.fixed(Double(event.probability), 6)] + times.map { TextCell.fixed($0, 3) }
      + [CSVCell.write(origin.source), origin.time ?? ""]
    // In one piece, so that several programs can write into one folder.
    let text = (isNew ? CSVCell.row(columns) : "") + CSVCell.row(cells)
    let error = Array(text.utf8).withUnsafeBytes { Transfer.write($0, to: descriptor) }
    if let error { throw .writeFailed(table, reason: systemMessage(error)) }
  }

  /// The rows of a table of saved events or of mined clips; rows that are none are left out.
  ///
  /// - Throws: `FileError`.
  package static func rows(of table: FilePath) throws(FileError) -> [Row] {
    var reader = DelimitedText(try readFile(table, limit: limit))
    guard let header = try? reader.nextRow() else { return [] }
    let names = header.cells.map { String(decoding: $0, as: UTF8.self) }
    func column(_ names: [String], _ wanted: String...) -> Int? {
      names.firstIndex(where: wanted.contains)
    }
    guard let path = column(names, "path"), let label = column(names, "label", "answer") else {
      return []
    }
    let probability = column(names, "probability")
    let start = column(names, "start", "from")
    let source = column(names, "source", "recording")
    let time = column(names, "time")
    var rows: [Row] = []
    while let row = try? reader.nextRow() {
      guard row.cells.count == names.count else { continue }
      func text(_ column: Int?) -> String? {
        let text = column.map { CSVCell.read(row.cells[$0]) }
        return text?.isEmpty == true ? nil : text
      }
      func number(_ column: Int?) -> Double? {
        text(column).flatMap(Double.init).flatMap { abs($0) < 1e9 ? $0 : nil }
      }
      guard let path = text(path), let label = text(label) else { continue }
      rows.append(
        Row(
          path: path, label: label, probability: number(probability),
          start: number(start), source: text(source), time: text(time)))
    }
    return rows
  }
}

import Basics
import Recognition

/// One row of a manifest, as written.
struct ManifestRow: Equatable {
  /// Line of the row, from 1.
  var line: Int
  /// The path as written: relative to the manifest's folder, or absolute.
  var path: PathBytes
  var label: String
  var split: Split?
  var speaker: String?

  /// Makes a row; checks what all kinds of manifest have in common.
  init(
    line: Int, path: PathBytes, label: String, split: String?, speaker: String?, file: String
  ) throws(DatasetError) {
    if path.isEmpty { throw .manifest(file: file, line: line, .empty(column: "path")) }
    if label.isEmpty { throw .manifest(file: file, line: line, .empty(column: "label")) }
    self.line = line
    self.path = path
    self.label = label
    self.speaker = speaker?.isEmpty == true ? nil : speaker
    if let split, !split.isEmpty {
      guard let part = Split(name: split) else {
        throw .manifest(file: file, line: line, .unknownSplit(split))
      }
      self.split = part
    }
  }
}

/// The three formats of a manifest.
enum ManifestFormat: String, CaseIterable {
  case csv, tsv, jsonl

  /// The format by the extension of a file's name, in upper or lower case.
  init?(fileName: PathBytes) {
    guard let dot = fileName.fileName.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    self.init(rawValue: String(decoding: fileName[(dot + 1)...], as: UTF8.self).lowercased())
  }

  /// Reads the rows of a manifest; `file` is its name in errors.
  func rows(of bytes: [UInt8], file: String) throws(DatasetError) -> [ManifestRow] {
    let rows: [ManifestRow]
    switch self {
    case .csv: rows = try ManifestTable.rows(of: DelimitedText(bytes), file: file)
    case .tsv: rows = try ManifestTable.rows(of: DelimitedText(bytes, separator: "\t"), file: file)
    case .jsonl: rows = try ManifestObject.rows(of: bytes, file: file)
    }
    if rows.contains(where: { $0.split != nil }),
      // Noise needs no split: each recording is cut in time.
      let first = rows.first(where: { $0.split == nil && $0.label != Dataset.noiseFolder })
    {
      throw .manifest(file: file, line: first.line, .withoutSplit)
    }
    return rows
  }
}

import Basics
import Glibc
import SystemPackage

/// Labels of recordings: words with their times, from label files and transcripts.
public struct EventLabels: Sendable {
  /// By `identity` of the recording.
  private var byPath: [PathBytes: RecordingLabels] = [:]
  /// By the name of the recording without its ending: a label file of Audacity names none.
  private var byStem: [PathBytes: RecordingLabels] = [:]
  /// The recordings that a table names, in its order.
  public private(set) var recordings: [FilePath] = []

  /// No labels.
  public init() {}

  /// Reads files of labels.
  ///
  /// - Parameter files: Tables (`.csv`, `.tsv`; see `LabelTable`), label tracks as Audacity exports
  ///   them (start, end and label a line, with tabs; named as the recording), or folders of those.
  /// - Throws: `LabelError`.
  public init(_ files: [FilePath]) throws(LabelError) {
    for file in files { try add(file) }
  }

  /// Number of recordings with labels.
  public var count: Int { byPath.count + byStem.count }

  /// The labels of a recording; nil without labels.
  public subscript(recording: FilePath) -> RecordingLabels? {
    byPath[Self.identity(recording)]
      ?? byStem[PathBytes(PathBytes(recording.bytes.fileName).withoutEnding)]
  }

  /// The distinct labels with times, sorted.
  package var names: [String] {
    let all = byPath.values.flatMap(Self.names) + byStem.values.flatMap(Self.names)
    return Set(all).sorted()
  }

  /// Whether any recording has a transcript, which can name every keyword.
  package var hasText: Bool { byPath.values.contains { $0.text != nil } }

  /// A recording that has labels, for people.
  package var example: String {
    recordings.first?.displayName ?? byStem.keys.map(\.displayName).sorted().first ?? "none"
  }

  private static func names(_ labels: RecordingLabels) -> [String] {
    labels.words.map(\.label) + labels.untimed.keys
  }

  private mutating func add(_ file: FilePath) throws(LabelError) {
    if isFolder(file) {
      let listing: FolderListing
      do { listing = try FolderListing(file) } catch {
        throw .file(.reading(file, error.rawValue))
      }
      let names = listing.entries.map(\.name).filter { $0.ending == "txt" }
      if names.isEmpty { throw .noFiles(file.displayName) }
      for name in names { try addTrack(file.below(name)) }
      return
    }
    switch file.bytes.ending {
    case "csv": try addTable(file, separator: ",")
    case "tsv": try addTable(file, separator: "\t")
    default: try addTrack(file)
    }
  }

  private static func bytes(of file: FilePath) throws(LabelError) -> [UInt8] {
    do {
      let bytes = try readFile(file, limit: TextFile.limit)
      return bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
    } catch { throw .file(error) }
  }

  private mutating func addTable(_ file: FilePath, separator: Character) throws(LabelError) {
    let rows = try LabelTable.rows(
      Self.bytes(of: file), separator: separator, file: file.displayName)
    let folder = file.bytes.parent
    for (path, labels) in rows {
      let isAbsolute = path.first == UInt8(ascii: "/") || folder.isEmpty
      let recording = isAbsolute ? FilePath(bytes: path) : FilePath(bytes: folder).below(path)
      let key = Self.identity(recording)
      if byPath[key] == nil { recordings.append(recording) }
      byPath[key, default: RecordingLabels()].add(labels)
    }
  }

  /// Reads a label track of Audacity; lines that begin with a backslash give frequencies.
  private mutating func addTrack(_ file: FilePath) throws(LabelError) {
    var labels = RecordingLabels()
    for (index, line) in TextFile.lines(of: try Self.bytes(of: file)).enumerated() {
      if line.isEmpty || line.first == UInt8(ascii: "\\") { continue }
      let cells = line.split(separator: 9, maxSplits: 2, omittingEmptySubsequences: false)
        .map { Array($0).displayName }
      func fail(_ problem: String) -> LabelError {
        .row(file: file.displayName, line: index + 1, problem: problem)
      }
      guard cells.count == 3, !cells[2].isEmpty else {
        throw fail("expected start, end and label with tabs between, as Audacity exports them")
      }
      do {
        labels.words.append(
          LabelledWord(label: cells[2], seconds: try LabelTable.seconds(cells[0], cells[1])))
      } catch { throw fail(error.problem) }
    }
    let stem = PathBytes(PathBytes(file.bytes.fileName).withoutEnding)
    byStem[stem, default: RecordingLabels()].add(labels)
  }

  /// The same for all paths that lead to one file.
  private static func identity(_ path: FilePath) -> PathBytes {
    guard let real = path.withPlatformString({ realpath($0, nil) }) else {
      return path.bytes.normalized
    }
    defer { free(real) }
    return PathBytes(UnsafeRawBufferPointer(start: real, count: strlen(real)))
  }
}

extension PathBytes {
  /// What follows the last dot of the file's name, in lower case.
  fileprivate var ending: String {
    guard let dot = fileName.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return String(decoding: self[(dot + 1)...], as: UTF8.self).lowercased()
  }
}

import Basics
import Recognition
import SystemPackage

/// Why nothing can be reviewed, in one sentence.
public enum ReviewError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds no saved events.
  case noEvents(FilePath)

  /// One sentence: what is wrong.
  public var description: String {
    switch self {
    case .noEvents(let folder): "\(folder): no saved events in this folder"
    }
  }
}

/// The sound of an event that was kept, or a part that was cut out of a recording.
public struct SavedEvent: Equatable, Sendable {
  /// The file.
  public var path: FilePath
  /// The same relative to the folder, as text from which its bytes can be had back.
  public var name: String
  /// The keyword that fired.
  public var label: String
  /// Its probability; nil where it is not known.
  public var probability: Double?
  /// Where it begins in its recording, in seconds.
  public var start: Double?
  /// The recording, pipe or device.
  public var source: String?
  /// The time of day, of live sound.
  public var time: String?
}

extension SavedEvent {
  /// The events in a folder: the files by word that an `EventSaver` keeps, and the clips of a table of
  /// what was mined.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: Those with a row in a table in its order, then the others by their paths' bytes.
  /// - Throws: `FileError`.
  public static func all(in folder: FilePath) throws(FileError) -> [SavedEvent] {
    let words = try listing(folder)
    var rows: [String: SavedEventTable.Row] = [:]
    for name in [SavedEventTable.name, SavedEventTable.minedName] {
      let table = folder.appending(name)
      guard isFile(table) else { continue }
      for row in try SavedEventTable.rows(of: table) where rows[row.path] == nil {
        var row = row
        row.number = rows.count
        rows[row.path] = row
      }
    }
    var found: [(path: PathBytes, row: SavedEventTable.Row?)] = []
    func add(_ path: PathBytes) {
      if path.isSavedSound { found.append((path, rows[path.displayName])) }
    }
    for entry in words.entries where entry.name.first != UInt8(ascii: ".") {
      switch entry.kind {
      case .folder:
        for file in try listing(folder.below(entry.name)).entries {
          if case .file = file.kind { add(entry.name + [UInt8(ascii: "/")] + file.name) }
        }
      // A file without a row is no event.
      case .file where rows[entry.name.displayName] != nil: add(entry.name)
      default: break
      }
    }
    return found.sorted { left, right in
      switch (left.row?.number, right.row?.number) {
      case (let left?, let right?): left < right
      case (nil, nil): PathBytes.precedes(left.path, right.path)
      case (let number, _): number != nil
      }
    }.map { path, row in
      SavedEvent(
        path: folder.below(path), name: path.displayName,
        label: row?.label ?? path.parent.displayName, probability: row?.probability,
        start: row?.start, source: row?.source, time: row?.time)
    }
  }

  private static func listing(_ folder: FilePath) throws(FileError) -> FolderListing {
    do { return try FolderListing(folder) } catch { throw .reading(folder, error.rawValue) }
  }
}

extension PathBytes {
  /// Whether it names a sound as kws writes it.
  fileprivate var isSavedSound: Bool {
    fileName.first != UInt8(ascii: ".") && String(decoding: suffix(4), as: UTF8.self) == ".wav"
  }
}

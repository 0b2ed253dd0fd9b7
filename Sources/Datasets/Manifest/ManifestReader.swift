import Basics
import Glibc
import SystemPackage

/// Finds the clips that a manifest names; by default they must be inside its folder.
struct ManifestReader {
  private let file: FilePath
  private let folder: PathBytes
  private let allowOutside: Bool
  /// The folder as absolute paths: as written, and with links resolved.
  private let absoluteFolders: [PathBytes]
  /// Folders with links resolved, so that each is resolved once and not for every clip.
  private var resolvedFolders: [PathBytes: PathBytes?] = [:]

  init(file: FilePath, allowOutside: Bool) {
    self.file = file
    let folder = file.bytes.parent.normalized
    self.folder = folder
    let place = folder.isEmpty ? [UInt8(ascii: ".")] : folder
    let written =
      folder.first == UInt8(ascii: "/")
      ? folder : Self.realPath([UInt8(ascii: ".")]).map { ($0 + [0x2f] + place).normalized }
    absoluteFolders = [written, Self.realPath(place)].compactMap { $0 }
    self.allowOutside = allowOutside
  }

  /// Reads the manifest.
  mutating func scan() throws(DatasetError) -> DatasetScan {
    let name = file.bytes.displayName
    guard let format = ManifestFormat(fileName: file.bytes) else { throw .notADataset(name) }
    let rows = try format.rows(of: TextFile.bytes(of: file), file: name)
    var scan = DatasetScan(root: FilePath(bytes: folder.isEmpty ? [UInt8(ascii: ".")] : folder))
    if rows.contains(where: { $0.split != nil }) { scan.ownRule = .manifest }
    var firstRows: [PathBytes: ManifestRow] = [:]
    for var row in rows {
      row.path = relative(row.path)
      let isAbsolute = row.path.first == UInt8(ascii: "/")
      let path = (isAbsolute || folder.isEmpty ? row.path : folder + [0x2f] + row.path).normalized
      guard !row.path.contains(0), allowOutside || isInside(path) else {
        throw .manifest(file: name, line: row.line, .outside(row.path.displayName))
      }
      if let first = firstRows[path] {
        guard (first.label, first.split, first.speaker) == (row.label, row.split, row.speaker)
        else {
          throw .manifest(
            file: name, line: row.line, .contradicts(row.path.displayName, line: first.line))
        }
        scan.ignored.add(.repeatedRow, row.path)
        continue
      }
      firstRows[path] = row
      scan.add(
        row.path, at: FilePath(bytes: path), word: row.label, split: row.split,
        speaker: row.speaker, kind: EntryKind(of: FilePath(bytes: path)),
        whenMissing: .missingFile)
    }
    return scan
  }

  /// Turns an absolute path below the folder into a relative one, so that a clip has one name,
  /// whichever way it is written.
  private func relative(_ path: PathBytes) -> PathBytes {
    guard path.first == UInt8(ascii: "/") else { return path }
    let whole = path.normalized
    guard let folder = absoluteFolders.first(where: whole.isBelow) else { return path }
    return PathBytes(whole.dropFirst(folder.last == UInt8(ascii: "/") ? 1 : folder.count + 1))
  }

  /// Whether the path, as written and with all links resolved, is below the folder.
  private mutating func isInside(_ path: PathBytes) -> Bool {
    guard path.isBelow(folder), let root = resolved(folder) else { return false }
    // A missing folder or file is counted later.
    guard let parent = resolved(path.parent) else { return true }
    guard parent == root || parent.isBelow(root) else { return false }
    guard Self.isLink(path) else { return true }
    return Self.realPath(path)?.isBelow(root) ?? true
  }

  private mutating func resolved(_ folder: PathBytes) -> PathBytes? {
    if let known = resolvedFolders[folder] { return known }
    let found = Self.realPath(folder.isEmpty ? [UInt8(ascii: ".")] : folder)
    resolvedFolders[folder] = found
    return found
  }

  private static func realPath(_ path: PathBytes) -> PathBytes? {
    FilePath(bytes: path).withPlatformString { name in
      guard let found = realpath(name, nil) else { return nil }
      defer { free(found) }
      return PathBytes(UnsafeRawBufferPointer(start: found, count: strlen(found)))
    }
  }

  private static func isLink(_ path: PathBytes) -> Bool {
    FilePath(bytes: path).withPlatformString { name in
      var status = stat()
      return lstat(name, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
  }
}

import Glibc
import SystemPackage

/// Finds the clips that a manifest names, inside its folder unless told otherwise.
struct ManifestReader {
  private let file: FilePath
  private let folder: FilePath
  private let allowOutside: Bool
  /// Where folders really are, so that each is resolved once and not for every clip in it.
  private var resolvedFolders: [FilePath: FilePath?] = [:]

  init(file: FilePath, allowOutside: Bool) {
    self.file = file
    let folder = file.removingLastComponent()
    self.folder = folder.isEmpty ? "." : folder
    self.allowOutside = allowOutside
  }

  /// Reads the manifest.
  mutating func scan() throws(DatasetError) -> DatasetScan {
    let name = file.bytes.displayName
    guard let format = ManifestFormat(fileName: file.bytes) else { throw .notADataset(name) }
    let rows = try format.rows(of: TextFile.bytes(of: file), file: name)
    var scan = DatasetScan(root: folder)
    if rows.contains(where: { $0.split != nil }) { scan.ownRule = .manifest }
    var firstRows: [FilePath: ManifestRow] = [:]
    for row in rows {
      let path = folder.pushing(FilePath(bytes: row.path)).lexicallyNormalized()
      guard !row.path.contains(0), allowOutside || isInside(path) else {
        throw .manifest(file: name, line: row.line, .outside(row.path.displayName))
      }
      if let first = firstRows.updateValue(row, forKey: path) {
        guard (first.label, first.split, first.speaker) == (row.label, row.split, row.speaker)
        else {
          throw .manifest(
            file: name, line: row.line, .contradicts(row.path.displayName, line: first.line))
        }
        scan.ignored.add(.repeatedRow, row.path)
        continue
      }
      scan.add(
        row.path, at: path, word: row.label, split: row.split, speaker: row.speaker,
        kind: EntryKind(of: path), whenMissing: .missingFile)
    }
    return scan
  }

  /// Whether the path, as written and with all links followed, stays below the folder.
  private mutating func isInside(_ path: FilePath) -> Bool {
    guard path.starts(with: folder.lexicallyNormalized()) || folder == "." && isBelow(path) else {
      return false
    }
    guard let root = resolved(folder) else { return false }
    // A folder or file that is not there leads nowhere; it is counted as missing later.
    guard let parent = resolved(path.removingLastComponent()) else { return true }
    guard parent.starts(with: root) else { return false }
    guard Self.isLink(path) else { return true }
    return Self.realPath(path)?.starts(with: root) ?? true
  }

  /// Whether a normalised relative path does not begin by going up.
  private func isBelow(_ path: FilePath) -> Bool {
    path.isRelative && path.components.first?.kind != .parentDirectory
  }

  private mutating func resolved(_ path: FilePath) -> FilePath? {
    if let known = resolvedFolders[path] { return known }
    let found = Self.realPath(path.isEmpty ? "." : path)
    resolvedFolders[path] = found
    return found
  }

  private static func realPath(_ path: FilePath) -> FilePath? {
    path.withPlatformString { name in
      guard let found = realpath(name, nil) else { return nil }
      defer { free(found) }
      return FilePath(platformString: found)
    }
  }

  private static func isLink(_ path: FilePath) -> Bool {
    path.withPlatformString { name in
      var status = stat()
      return lstat(name, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
  }
}

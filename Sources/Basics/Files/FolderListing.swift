import Glibc
import SystemPackage

/// The kind of an entry of a folder; symbolic links are followed.
package enum EntryKind: Equatable {
  case file(byteCount: Int)
  case folder
  case brokenLink
  case unreadable
  case other
}

/// The names of one folder's entries, as bytes, sorted by byte.
package struct FolderListing {
  package struct Entry {
    package let name: PathBytes
    package let kind: EntryKind
  }

  package let entries: [Entry]

  /// Reads the folder.
  ///
  /// The system's listing tells files from folders; `stat` is called only for links and for files
  /// whose size is needed.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - needsSize: Whether the size of a file with this name is needed; other files get size 0.
  /// - Throws: The system's error.
  package init(
    _ path: FilePath, sizesOf needsSize: (PathBytes) -> Bool = { _ in false }
  ) throws(Errno) {
    guard let folder = path.withPlatformString({ opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { closedir(folder) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let next = readdir(folder) else {
        if errno != 0 { throw Errno(rawValue: errno) }
        break
      }
      let offset = MemoryLayout<dirent>.offset(of: \.d_name)!
      let start = UnsafeRawPointer(next).advanced(by: offset)
      let name = PathBytes(UnsafeRawBufferPointer(start: start, count: strlen(start.asCString)))
      if name == [0x2e] || name == [0x2e, 0x2e] { continue }
      let kind: EntryKind =
        switch Int(next.pointee.d_type) {
        case Int(DT_DIR): .folder
        case Int(DT_REG) where !needsSize(name): .file(byteCount: 0)
        default: EntryKind(of: start.asCString, in: dirfd(folder))
        }
      entries.append(Entry(name: name, kind: kind))
    }
    self.entries = entries.sorted { PathBytes.precedes($0.name, $1.name) }
  }
}

extension EntryKind {
  /// Examines a name relative to an open folder.
  init(of name: UnsafePointer<CChar>, in folder: Int32 = AT_FDCWD) {
    var status = stat()
    if fstatat(folder, name, &status, 0) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: self = .file(byteCount: Int(status.st_size))
      case S_IFDIR: self = .folder
      default: self = .other
      }
    } else {
      self = errno == ENOENT || errno == ELOOP ? .brokenLink : .unreadable
    }
  }

  /// Examines a path.
  package init(of path: FilePath) {
    self = path.withPlatformString { EntryKind(of: $0) }
  }
}

extension UnsafeRawPointer {
  fileprivate var asCString: UnsafePointer<CChar> { assumingMemoryBound(to: CChar.self) }
}

import Glibc
import SystemPackage

/// Reads small text files, such as lists and manifests, whole.
enum TextFile {
  /// A manifest of a million clips has about 100 MB.
  static let limit = 1 << 30

  /// The bytes of a regular file, without a byte order mark.
  static func bytes(of path: FilePath) throws(DatasetError) -> [UInt8] {
    guard case .file(let byteCount) = EntryKind(of: path) else {
      throw .unreadable(path.bytes.displayName, reason: "not a file")
    }
    if byteCount > limit {
      throw .tooLarge(path.bytes.displayName, byteCount: byteCount, limit: limit)
    }
    do {
      var bytes = try read(path, expecting: byteCount)
      if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
      return bytes
    } catch {
      throw .unreadable(
        path.bytes.displayName, reason: (error as? Errno)?.description ?? "\(error)")
    }
  }

  private static func read(_ path: FilePath, expecting byteCount: Int) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var bytes = [UInt8](repeating: 0, count: byteCount)
      var filled = 0
      while filled < byteCount {
        let count = try bytes.withUnsafeMutableBytes {
          try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
        }
        if count == 0 { break }
        filled += count
      }
      bytes.removeLast(byteCount - filled)
      return bytes
    }
  }

  /// The lines of a text, without their line ends (LF or CRLF), and without a last empty line.
  static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
  }
}

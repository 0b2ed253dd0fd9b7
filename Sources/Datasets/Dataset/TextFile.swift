import Basics
import SystemPackage

/// Reads whole text files, such as lists and manifests.
enum TextFile {
  /// A manifest of a million clips has about 100 MB.
  static let limit = 1 << 30

  /// The bytes of a regular file, without a byte order mark.
  package static func bytes(of path: FilePath) throws(DatasetError) -> [UInt8] {
    let name = path.bytes.displayName
    do {
      var bytes = try readFile(path, limit: limit)
      if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
      return bytes
    } catch {
      switch error {
      case .tooLarge(_, let byteCount, let limit):
        throw .tooLarge(name, byteCount: byteCount, limit: limit)
      case .notRegular: throw .unreadable(name, reason: "not a file")
      case .unreadable(_, let reason): throw .unreadable(name, reason: reason)
      default: throw .missing(name)
      }
    }
  }

  /// The lines of a text, without line ends (LF or CRLF) and without an empty last line.
  static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
  }
}

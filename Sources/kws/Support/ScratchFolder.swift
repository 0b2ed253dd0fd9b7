import Glibc
import KeywordSpotting
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder for what nobody keeps, in `$TMPDIR` or /tmp.
struct ScratchFolder {
  let path: FilePath

  init() throws(FileError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/kws-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .cannotCreate(FilePath(parent), reason: String(cString: strerror(errno)))
    }
    path = FilePath(
      String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  /// Removes it with all that is in it.
  func remove() { try? FileManager.default.removeItem(atPath: path.string) }
}

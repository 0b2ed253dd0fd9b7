import Glibc
import SystemPackage

/// A temporary folder in `$TMPDIR` or /tmp, deleted after the last use of this value.
package final class ScratchFolder: Sendable {
  /// The folder.
  package let path: FilePath

  /// Makes the folder.
  /// - Throws: `FileError` if it cannot be created.
  package init() throws(FileError) {
    let parent = getenv("TMPDIR").map { FilePath(platformString: $0) } ?? "/tmp"
    var template = parent.appending("kws-XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
    guard mkdtemp(&template) != nil else {
      throw .cannotCreate(parent, reason: systemMessage(errno))
    }
    path = FilePath(bytes: template.dropLast().map { UInt8(bitPattern: $0) })
  }

  deinit { try? removeFolder(path) }
}

import Glibc
import SystemPackage

/// A folder for what nobody keeps, in `$TMPDIR` or /tmp; it goes with the value's last use.
package final class ScratchFolder: Sendable {
  /// The folder.
  package let path: FilePath

  /// Makes the folder.
  /// - Throws: `FileError` where the system makes none.
  package init() throws(FileError) {
    let parent = getenv("TMPDIR").map { FilePath(platformString: $0) } ?? "/tmp"
    var template = parent.appending("kws-XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
    guard mkdtemp(&template) != nil else {
      throw .cannotCreate(parent, reason: systemMessage(errno))
    }
    path = FilePath(bytes: template.dropLast().map { UInt8(bitPattern: $0) })
  }

  deinit { Self.remove(path) }

  /// `unlink` takes files and links but no folders, so a link out of the folder is safe.
  private static func remove(_ path: FilePath) {
    if path.withPlatformString({ unlink($0) }) == 0 { return }
    for entry in (try? FolderListing(path))?.entries ?? [] { remove(path.below(entry.name)) }
    _ = path.withPlatformString { rmdir($0) }
  }
}

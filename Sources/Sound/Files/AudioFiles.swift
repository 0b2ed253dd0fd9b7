import Basics
import Glibc
import SystemPackage

/// Finds audio files by their extensions, without labels.
package enum AudioFiles {
  /// File extensions of clips, in lower case.
  package static let endings: Set<String> = [
    "wav", "wave", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "aifc", "au", "snd", "caf",
    "w64", "rf64",
  ]

  /// Extensions of recordings that are not read, such as those of telephones and browsers.
  package static let unreadEndings: Set<String> = [
    "m4a", "m4b", "mp4", "aac", "amr", "awb", "3gp", "3gpp", "3g2", "wma", "webm", "weba", "mka",
    "mov", "ac3", "ape", "wv", "mpc",
  ]

  /// The audio files in a folder and its subfolders, in byte order.
  ///
  /// Each folder is visited once, even if links form a circle.
  ///
  /// - Throws: `FileError` if a folder cannot be read.
  package static func below(_ folder: FilePath) throws(FileError) -> [FilePath] {
    var visited: Set<FolderIdentity> = []
    return try below(folder, \.hasAudioEnding, &visited)
  }

  /// The audio files that `below` finds, and recordings that are not read, so that each of these is
  /// reported like a damaged file; a folder without any audio file is an error.
  ///
  /// - Throws: `FileError`, also if there are no audio files.
  package static func some(below folder: FilePath) throws(FileError) -> [FilePath] {
    var visited: Set<FolderIdentity> = []
    let files = try below(folder, { $0.hasAudioEnding || $0.hasUnreadEnding }, &visited)
    let unread = files.filter(\.bytes.hasUnreadEnding)
    guard unread.count < files.count else { throw .noAudio(folder, unread: unread.count) }
    return files
  }

  private static func below(
    _ folder: FilePath, _ isTaken: (PathBytes) -> Bool, _ visited: inout Set<FolderIdentity>
  ) throws(FileError) -> [FilePath] {
    guard let identity = FolderIdentity(folder) else { throw .reading(folder, errno) }
    guard visited.insert(identity).inserted else { return [] }
    let listing: FolderListing
    do { listing = try FolderListing(folder, sizesOf: \.hasAudioEnding) } catch {
      throw .reading(folder, error.rawValue)
    }
    var files: [FilePath] = []
    for entry in listing.entries where entry.name.first != UInt8(ascii: ".") {
      let path = FilePath(bytes: folder.bytes + [UInt8(ascii: "/")] + entry.name)
      switch entry.kind {
      case .file where isTaken(entry.name): files.append(path)
      case .folder:
        // Of several paths, an unreadable folder is reported like an unreadable clip.
        do throws(FileError) { files += try below(path, isTaken, &visited) } catch {
          files.append(path)
        }
      default: break
      }
    }
    return files
  }
}

/// The identity of a folder, equal for all its paths.
private struct FolderIdentity: Hashable {
  var device: dev_t
  var node: ino_t

  init?(_ path: FilePath) {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
    (device, node) = (status.st_dev, status.st_ino)
  }
}

extension PathBytes {
  /// Whether the extension is that of a format that the decoder opens, in upper or lower case.
  package var hasAudioEnding: Bool { hasEnding(of: AudioFiles.endings) }

  /// Whether the extension is that of a recording that the decoder does not open.
  package var hasUnreadEnding: Bool { hasEnding(of: AudioFiles.unreadEndings) }

  private func hasEnding(of endings: Set<String>) -> Bool {
    guard let dot = fileName.lastIndex(of: UInt8(ascii: ".")) else { return false }
    return endings.contains(String(decoding: self[(dot + 1)...], as: UTF8.self).lowercased())
  }
}

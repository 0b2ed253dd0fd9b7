import SystemPackage

/// Audio files by their endings, without labels.
package enum AudioFiles {
  /// The audio files in a folder and below it, in byte order.
  ///
  /// Links to folders are not followed, so no circle can form.
  ///
  /// - Throws: `FileError` if the folder itself cannot be read; unreadable folders below it give
  /// nothing.
  package static func below(_ folder: FilePath) throws(FileError) -> [FilePath] {
    let listing: FolderListing
    do { listing = try FolderListing(folder) } catch {
      throw .reading(folder, error.rawValue)
    }
    var files: [FilePath] = []
    for entry in listing.entries where entry.name.first != UInt8(ascii: ".") {
      let path = FilePath(bytes: folder.bytes + [UInt8(ascii: "/")] + entry.name)
      switch entry.kind {
      case .file where entry.name.hasAudioEnding: files.append(path)
      case .folder: files += (try? below(path)) ?? []
      default: break
      }
    }
    return files
  }
}

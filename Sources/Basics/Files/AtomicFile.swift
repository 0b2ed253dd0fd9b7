import SystemPackage

/// Writes files so that a reader sees the old content or the new, never a part of it.
package enum AtomicFile {
  /// Replaces the file at `path` by `bytes`.
  ///
  /// - Throws: `FileError.cannotCreate` or `.writeFailed`; the old file stays as it was.
  package static func write(_ bytes: [UInt8], to path: FilePath) throws(FileError) {
    let file = try PartialFile(path)
    try file.append(bytes)
    try file.commit()
  }

  /// Refuses a file that could not be written later, before any work is done for it.
  ///
  /// - Throws: `FileError.cannotCreate`.
  package static func check(_ path: FilePath) throws(FileError) { _ = try PartialFile(path) }

  /// Replaces the file at `path` by `text` in UTF-8.
  package static func write(_ text: String, to path: FilePath) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// Removes what interrupted writes have left in `folder`.
  ///
  /// - Parameters:
  ///   - folder: Where to look; nothing below it is touched.
  ///   - sparesLiving: Whether to leave alone what a process that is still there may be writing.
  package static func removeLeftovers(in folder: FilePath, sparesLiving: Bool = false) {
    PartialFile.removeLeftovers(in: folder, sparesLiving: sparesLiving)
  }
}

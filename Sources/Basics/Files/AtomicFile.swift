import SystemPackage

/// Writes files so that a reader sees either the old content or the new, never a part.
package enum AtomicFile {
  /// Replaces the file at `path` by `bytes`.
  ///
  /// - Throws: `FileError.cannotCreate` or `.writeFailed`; the old file stays as it was.
  package static func write(_ bytes: [UInt8], to path: FilePath) throws(FileError) {
    let file = try PartialFile(path)
    try file.append(bytes)
    try file.commit()
  }

  /// Checks, before any work is done, that a file can be written later.
  ///
  /// - Throws: `FileError.cannotCreate`.
  package static func check(_ path: FilePath) throws(FileError) { _ = try PartialFile(path) }

  /// Replaces the file at `path` by `text` in UTF-8.
  package static func write(_ text: String, to path: FilePath) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// Removes temporary files that interrupted writes left in `folder`.
  ///
  /// - Parameters:
  ///   - folder: The folder; subfolders are not touched.
  ///   - sparesLiving: Whether to keep files that a running process may still be writing.
  package static func removeLeftovers(in folder: FilePath, sparesLiving: Bool = false) {
    PartialFile.removeLeftovers(in: folder, sparesLiving: sparesLiving)
  }
}

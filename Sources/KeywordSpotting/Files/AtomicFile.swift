import Glibc
import SystemPackage

/// Writes files so that a reader sees the old content or the new, never a part of it.
///
/// The bytes go to a temporary file beside the target, are flushed to the disk, and take the final
/// name by a rename, which is itself flushed with the folder. A power cut leaves at most a
/// temporary file, which `removeLeftovers` clears.
package enum AtomicFile {
  private static let suffix = ".kws-partial"

  /// Replaces the file at `path` by `bytes`.
  ///
  /// - Throws: `FileError.cannotCreate` or `.writeFailed`; the old file stays as it was.
  package static func write(_ bytes: [UInt8], to path: FilePath) throws(FileError) {
    var status = stat()
    if path.withPlatformString({ lstat($0, &status) }) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .cannotCreate(path, reason: "something that is no regular file stands there")
    }
    let partial = partial(path)
    let descriptor = partial.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
    guard descriptor >= 0 else { throw .cannotCreate(path, reason: systemMessage(errno)) }
    var failure = writeAll(bytes, to: descriptor)
    if failure == nil && fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0 && failure == nil { failure = errno }
    if failure == nil {
      let renamed = partial.withPlatformString { old in
        path.withPlatformString { new in rename(old, new) }
      }
      if renamed != 0 { failure = errno }
    }
    if let failure {
      _ = partial.withPlatformString { unlink($0) }
      throw .writeFailed(path, reason: systemMessage(failure))
    }
    synchronizeFolder(of: path)
  }

  /// Replaces the file at `path` by `text` in UTF-8.
  package static func write(_ text: String, to path: FilePath) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// The name that something has before it takes the name `path`.
  static func partial(_ path: FilePath) -> FilePath {
    FilePath(bytes: path.bytes + Array(".\(getpid())\(suffix)".utf8))
  }

  /// Removes what interrupted writes have left in `folder`.
  ///
  /// - Parameters:
  ///   - folder: Where to look; nothing below it is touched.
  ///   - sparesLiving: Whether to leave alone what a process that is still there may be writing.
  static func removeLeftovers(in folder: FilePath, sparesLiving: Bool = false) {
    guard let stream = folder.withPlatformString({ opendir($0) }) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(suffix) else { continue }
      let process = name.dropLast(suffix.count).split(separator: ".").last.flatMap { pid_t($0) }
      if sparesLiving, let process, kill(process, 0) == 0 || errno == EPERM { continue }
      _ = folder.appending(name).withPlatformString { unlink($0) }
    }
  }

  /// The `errno` of the failure, if there was one.
  private static func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> CInt? {
    bytes.withUnsafeBytes { buffer in
      var count = 0
      while count < buffer.count {
        let put = Glibc.write(descriptor, buffer.baseAddress! + count, buffer.count - count)
        if put < 0 && errno == EINTR { continue }
        guard put > 0 else { return errno }
        count += put
      }
      return nil
    }
  }

  /// Makes the rename itself durable.
  ///
  /// Some file systems refuse to flush a folder; then the rename is as durable as they make it.
  private static func synchronizeFolder(of path: FilePath) {
    let parent = path.removingLastComponent()
    let folder = parent.isEmpty ? FilePath(".") : parent
    let descriptor = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

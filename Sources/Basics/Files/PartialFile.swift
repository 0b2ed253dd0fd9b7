import Glibc
import SystemPackage

/// A file that gets its final name only when it is complete.
///
/// The bytes go to a temporary file beside the target, are flushed to the disk, and `commit`
/// renames that file to the target and flushes the folder. Without `commit` no file stays; a power
/// cut leaves at most a temporary file, which `removeLeftovers` deletes.
package final class PartialFile: Sendable {
  private static let suffix = ".kws-partial"

  private let path: FilePath
  private let partial: FilePath
  private let descriptor: CInt

  /// Opens the temporary file for the target `path`, which must not exist or be a regular file.
  package init(_ path: FilePath) throws(FileError) {
    var status = stat()
    if path.withPlatformString({ lstat($0, &status) }) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .cannotCreate(path, reason: "it exists and is not a regular file")
    }
    self.path = path
    partial = Self.name(before: path)
    descriptor = partial.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
    guard descriptor >= 0 else { throw .cannotCreate(path, reason: systemMessage(errno)) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    // After a commit this name does not exist.
    _ = partial.withPlatformString { unlink($0) }
  }

  /// Appends the bytes of values of a plain type.
  package func append<Value: BitwiseCopyable>(_ values: [Value]) throws(FileError) {
    let error = values.withUnsafeBytes { Transfer.write($0, to: descriptor) }
    if let error { throw .writeFailed(path, reason: systemMessage(error)) }
  }

  /// Writes bytes over those at the start of the file; later appends still go to its end.
  package func replaceBegin(with bytes: [UInt8]) throws(FileError) {
    let put = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    guard put == bytes.count else {
      throw .writeFailed(path, reason: systemMessage(put < 0 ? errno : ENOSPC))
    }
  }

  /// Flushes the file and renames it to its final name; called last.
  package func commit() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw .writeFailed(path, reason: systemMessage(errno)) }
    let renamed = partial.withPlatformString { old in
      path.withPlatformString { new in rename(old, new) }
    }
    guard renamed == 0 else { throw .writeFailed(path, reason: systemMessage(errno)) }
    synchronizeFolder()
  }

  /// Flushes the folder, which makes the rename durable.
  ///
  /// Some file systems cannot flush a folder; that is no error.
  private func synchronizeFolder() {
    let parent = path.removingLastComponent()
    let folder = parent.isEmpty ? FilePath(".") : parent
    let descriptor = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The temporary name of the file that becomes `path`.
  package static func name(before path: FilePath) -> FilePath {
    FilePath(bytes: path.bytes + Array(".\(getpid())\(suffix)".utf8))
  }

  /// Whether this is the name of a temporary file.
  package static func isPartial(_ name: String) -> Bool { name.hasSuffix(suffix) }

  /// Removes temporary files that interrupted writes left in `folder`; with `sparesLiving`, those
  /// of running processes are kept.
  static func removeLeftovers(in folder: FilePath, sparesLiving: Bool) {
    guard let stream = folder.withPlatformString({ opendir($0) }) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard isPartial(name) else { continue }
      let process = name.dropLast(suffix.count).split(separator: ".").last.flatMap { pid_t($0) }
      if sparesLiving, let process, kill(process, 0) == 0 || errno == EPERM { continue }
      _ = folder.appending(name).withPlatformString { unlink($0) }
    }
  }
}

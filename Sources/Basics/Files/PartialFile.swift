import Glibc
import SystemPackage

/// A file that takes its name once it is whole.
///
/// The bytes go to a temporary file beside the target, are flushed to the disk, and take the final
/// name by a rename, which is itself flushed with the folder. Without `commit` nothing is left; a
/// power cut leaves at most a temporary file, which `removeLeftovers` clears.
package final class PartialFile: Sendable {
  private static let suffix = ".kws-partial"

  private let path: FilePath
  private let partial: FilePath
  private let descriptor: CInt

  /// Opens the temporary file for the target `path`, which is missing or a regular file.
  package init(_ path: FilePath) throws(FileError) {
    var status = stat()
    if path.withPlatformString({ lstat($0, &status) }) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .cannotCreate(path, reason: "something that is no regular file stands there")
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
    // After a commit there is no such name.
    _ = partial.withPlatformString { unlink($0) }
  }

  /// Writes the bytes of values of a plain type at the end.
  package func append<Value: BitwiseCopyable>(_ values: [Value]) throws(FileError) {
    let failure: CInt? = values.withUnsafeBytes { bytes in
      var count = 0
      while count < bytes.count {
        let put = write(descriptor, bytes.baseAddress! + count, bytes.count - count)
        if put < 0 && errno == EINTR { continue }
        guard put > 0 else { return errno }
        count += put
      }
      return nil
    }
    if let failure { throw .writeFailed(path, reason: systemMessage(failure)) }
  }

  /// Flushes what was written and gives it its name; called last.
  package func commit() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw .writeFailed(path, reason: systemMessage(errno)) }
    let renamed = partial.withPlatformString { old in
      path.withPlatformString { new in rename(old, new) }
    }
    guard renamed == 0 else { throw .writeFailed(path, reason: systemMessage(errno)) }
    synchronizeFolder()
  }

  /// Makes the rename itself durable.
  ///
  /// Some file systems refuse to flush a folder; then the rename is as durable as they make it.
  private func synchronizeFolder() {
    let parent = path.removingLastComponent()
    let folder = parent.isEmpty ? FilePath(".") : parent
    let descriptor = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The name that something has before it takes the name `path`.
  package static func name(before path: FilePath) -> FilePath {
    FilePath(bytes: path.bytes + Array(".\(getpid())\(suffix)".utf8))
  }

  /// Whether a file of this name is one that has not taken its own yet.
  package static func isPartial(_ name: String) -> Bool { name.hasSuffix(suffix) }

  /// Removes what interrupted writes have left in `folder`, but what a living process may be writing
  /// where it `sparesLiving`.
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

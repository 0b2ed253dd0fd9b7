import Glibc
import SystemPackage

/// Reads a whole regular file.
///
/// - Parameters:
///   - path: The file. A FIFO or device is refused, so that a reader never hangs.
///   - limit: The most bytes that such a file may have.
/// - Returns: The bytes.
/// - Throws: `FileError`.
package func readFile(_ path: FilePath, limit: Int) throws(FileError) -> [UInt8] {
  let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
  guard descriptor >= 0 else { throw .reading(path, errno) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw .reading(path, errno) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path) }
  let size = Int(status.st_size)
  guard size <= limit else { throw .tooLarge(path, bytes: size, limit: limit) }
  var bytes = [UInt8](repeating: 0, count: size)
  let (count, error) = bytes.withUnsafeMutableBytes { Transfer.read($0, from: descriptor) }
  if let error { throw .unreadable(path, reason: systemMessage(error)) }
  bytes.removeSubrange(count...)
  return bytes
}

/// The text of a file of /proc or /sys, whose size the system gives as 0.
package func readPseudoFile(_ path: FilePath) throws(FileError) -> String {
  let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
  guard descriptor >= 0 else { throw .reading(path, errno) }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: 4096)
  let (count, error) = bytes.withUnsafeMutableBytes { Transfer.read($0, from: descriptor) }
  if let error { throw .reading(path, error) }
  return String(decoding: bytes[..<count], as: UTF8.self)
}

/// Whether `path` is a regular file; symbolic links are followed.
package func isFile(_ path: FilePath) -> Bool {
  var status = stat()
  return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFREG
}

/// Whether `path` is a folder; symbolic links are followed.
package func isFolder(_ path: FilePath) -> Bool {
  var status = stat()
  return path.withPlatformString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
}

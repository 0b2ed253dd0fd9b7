import Basics
import Glibc
import SystemPackage

/// A table of predictions on the disk, written clip by clip.
///
/// Rows stay after `flush` even if the program is killed. An incomplete row is removed when the
/// evaluation continues, because the state has the number of complete bytes.
final class PredictionLog {
  private let path: FilePath
  private let descriptor: CInt
  private var waiting: [UInt8] = []
  /// Number of bytes on the disk or in the buffer.
  private(set) var byteCount: Int
  /// Hash of those bytes.
  private(set) var hash = RowHash()

  /// Opens and locks the table, and keeps its first `byteCount` bytes.
  init(_ path: FilePath, keeping byteCount: Int) throws(FileError) {
    self.path = path
    self.byteCount = byteCount
    descriptor = path.withPlatformString {
      open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    }
    guard descriptor >= 0 else { throw .cannotCreate(path, reason: systemMessage(errno)) }
    // Some file systems have no locks; then the evaluation runs without one.
    guard ExclusiveLock.take(descriptor) else {
      close(descriptor)
      throw .cannotCreate(
        path, reason: "another evaluation uses this folder; wait for it or end it")
    }
    guard ftruncate(descriptor, byteCount) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      let number = errno
      ExclusiveLock.close(descriptor)
      throw .writeFailed(path, reason: systemMessage(number))
    }
    hash = try RowHash(path, limit: byteCount)
  }

  deinit { ExclusiveLock.close(descriptor) }

  /// Appends text.
  func append(_ text: String) throws(FileError) { try append(ArraySlice(text.utf8)) }

  /// Appends bytes.
  func append(_ bytes: ArraySlice<UInt8>) throws(FileError) {
    waiting.append(contentsOf: bytes)
    byteCount += bytes.count
    hash.add(bytes)
    if waiting.count >= 1 << 20 { try write() }
  }

  /// Writes everything to the disk.
  func flush() throws(FileError) {
    try write()
    guard fsync(descriptor) == 0 else { throw .writeFailed(path, reason: systemMessage(errno)) }
  }

  private func write() throws(FileError) {
    let error = waiting.withUnsafeBytes { Transfer.write($0, to: descriptor) }
    if let error { throw .writeFailed(path, reason: systemMessage(error)) }
    waiting.removeAll(keepingCapacity: true)
  }
}

import Glibc
import SystemPackage

/// Reads a regular file a block at a time.
package final class FileBlocks {
  private static let blockSize = 1 << 20

  private let path: FilePath
  private let descriptor: CInt
  private var left: Int

  /// Opens a file; at most `limit` bytes are read, or all with nil.
  ///
  /// A FIFO or device is refused, so that a reader never hangs.
  package init(_ path: FilePath, limit: Int? = nil) throws(FileError) {
    self.path = path
    left = limit ?? .max
    descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw .reading(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notRegular(path)
    }
  }

  deinit { close(descriptor) }

  /// The next block; empty at the end.
  package func next() throws(FileError) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: min(Self.blockSize, left))
    let (count, error) = block.withUnsafeMutableBytes { Transfer.read($0, from: descriptor) }
    if let error { throw .unreadable(path, reason: systemMessage(error)) }
    left -= count
    block.removeSubrange(count...)
    return block
  }
}

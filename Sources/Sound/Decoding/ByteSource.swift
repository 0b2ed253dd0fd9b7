import Glibc
import SystemPackage

/// Random access to the bytes of one file or buffer; what libsndfile reads through.
///
/// Reading through our own functions keeps one path for files and for standard input, and keeps
/// libsndfile from ever opening a second file by itself.
final class ByteSource {
  private enum Storage {
    case memory([UInt8])
    case file(CInt)
  }

  private let storage: Storage
  /// Number of bytes in all.
  let count: Int
  /// Where the next ``read(into:count:)`` starts, in bytes.
  private(set) var offset = 0
  /// The system's error number of the first failed read, if any.
  private(set) var systemError: CInt?

  init(_ bytes: [UInt8]) {
    storage = .memory(bytes)
    count = bytes.count
  }

  /// Opens a regular file.
  ///
  /// A FIFO would make `open` wait for a writer, hence O_NONBLOCK.
  init(_ path: FilePath, name: String) throws(AudioError) {
    let descriptor = path.withPlatformString {
      open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    }
    guard descriptor >= 0 else { throw Self.openError(errno, name: name) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = errno
      close(descriptor)
      throw .unreadable(name: name, reason: Errno(rawValue: error).description)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notRegularFile(name: name)
    }
    storage = .file(descriptor)
    count = Int(status.st_size)
  }

  deinit {
    if case .file(let descriptor) = storage { close(descriptor) }
  }

  private static func openError(_ error: CInt, name: String) -> AudioError {
    switch error {
    case ENOENT, ENOTDIR: .missing(name: name)
    case ENXIO, ENODEV: .notRegularFile(name: name)
    default: .unreadable(name: name, reason: Errno(rawValue: error).description)
    }
  }

  /// Moves to an offset counted from the start, the current place or the end.
  ///
  /// Returns the new offset, or -1 and stays when that is outside the file.
  func seek(_ distance: Int, from whence: CInt) -> Int {
    let origin =
      switch whence {
      case SEEK_SET: 0
      case SEEK_CUR: offset
      default: count
      }
    let (target, overflow) = origin.addingReportingOverflow(distance)
    guard !overflow, target >= 0 else { return -1 }
    // Past the end is legal, as with lseek; reads there return nothing.
    offset = target
    return target
  }

  /// Copies up to `count` bytes and returns how many there were.
  func read(into destination: UnsafeMutableRawPointer, count wanted: Int) -> Int {
    let available = max(0, min(wanted, count - offset))
    guard available > 0 else { return 0 }
    switch storage {
    case .memory(let bytes):
      bytes.withUnsafeBytes { source in
        destination.copyMemory(from: source.baseAddress! + offset, byteCount: available)
      }
      offset += available
      return available
    case .file(let descriptor):
      var done = 0
      while done < available {
        let step = pread(descriptor, destination + done, available - done, off_t(offset))
        if step < 0 && errno == EINTR { continue }
        if step < 0 { systemError = systemError ?? errno }
        guard step > 0 else { break }
        done += step
        offset += step
      }
      return done
    }
  }
}

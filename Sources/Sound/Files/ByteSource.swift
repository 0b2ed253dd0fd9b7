import Basics
import Glibc
import SystemPackage

/// Random access to the bytes of one file or buffer, through which libsndfile reads.
///
/// So files and standard input are read in the same way, libsndfile cannot open a second file, and
/// it reads only a ``ByteView`` of the file.
final class ByteSource {
  private enum Storage {
    case memory([UInt8])
    case file(CInt)
  }

  private let storage: Storage
  /// Size in bytes.
  let size: Int
  /// The bytes that ``read(into:count:)`` reads; at first the whole file.
  var view: ByteView {
    didSet { offset = 0 }
  }
  /// Position of the next ``read(into:count:)``, in bytes of the view.
  private(set) var offset = 0
  /// The system's error of the first failed read, if any.
  private(set) var systemError: Errno?

  init(_ bytes: [UInt8]) {
    storage = .memory(bytes)
    size = bytes.count
    view = ByteView(prefix: [], range: 0..<size)
  }

  /// Opens a regular file.
  ///
  /// A FIFO would make `open` wait for a writer, hence O_NONBLOCK.
  init(_ path: FilePath, name: String) throws(AudioError) {
    let descriptor = path.withPlatformString {
      open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    }
    guard descriptor >= 0 else { throw Self.openError(Errno(rawValue: errno), name: name) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = Errno(rawValue: errno)
      close(descriptor)
      throw .unreadable(name: name, reason: error.description)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notRegularFile(name: name)
    }
    storage = .file(descriptor)
    size = Int(status.st_size)
    view = ByteView(prefix: [], range: 0..<size)
  }

  deinit {
    if case .file(let descriptor) = storage { close(descriptor) }
  }

  private static func openError(_ error: Errno, name: String) -> AudioError {
    switch error {
    case .noSuchFileOrDirectory, .notDirectory: .missing(name: name)
    case .noSuchAddressOrDevice, .operationNotSupportedByDevice: .notRegularFile(name: name)
    default: .unreadable(name: name, reason: error.description)
    }
  }

  /// Moves to an offset in the view, counted from the start, the current position or the end.
  ///
  /// Returns the new offset, or -1 without moving if it is negative. An offset past the end is
  /// legal, as with `lseek`; reads there return nothing.
  func seek(_ distance: Int, from whence: CInt) -> Int {
    let origin =
      switch whence {
      case SEEK_SET: 0
      case SEEK_CUR: offset
      default: view.count
      }
    let (target, overflow) = origin.addingReportingOverflow(distance)
    guard !overflow, target >= 0 else { return -1 }
    offset = target
    return target
  }

  /// Whether the view begins with the 11 set bits of a frame of MPEG audio.
  var startsLikeMpeg: Bool {
    let first = (view.prefix + bytes(at: view.range.lowerBound, count: 2)).prefix(2)
    return first.count == 2 && first[0] == 0xFF && first[1] & 0xE0 == 0xE0
  }

  /// Copies up to `count` bytes of the view and returns the number copied.
  func read(into destination: UnsafeMutableRawPointer, count wanted: Int) -> Int {
    var done = Self.copy(view.prefix, from: offset, wanted, into: destination)
    let start = view.range.lowerBound + max(0, offset - view.prefix.count)
    let rest = min(wanted - done, view.range.upperBound - start)
    if rest > 0 { done += copy(start, rest, into: destination + done) }
    let place = offset + done - (view.count - view.suffix.count)
    if place >= 0 {
      done += Self.copy(view.suffix, from: place, wanted - done, into: destination + done)
    }
    offset += done
    return done
  }

  /// Copies up to `wanted` bytes of an array from a position on and returns the number copied.
  private static func copy(
    _ bytes: [UInt8], from place: Int, _ wanted: Int, into destination: UnsafeMutableRawPointer
  ) -> Int {
    let count = min(wanted, bytes.count - place)
    guard count > 0 else { return 0 }
    bytes.withUnsafeBytes {
      destination.copyMemory(from: $0.baseAddress! + place, byteCount: count)
    }
    return count
  }

  /// Up to `count` bytes of the file itself from a position on; fewer at its end.
  func bytes(at place: Int, count: Int) -> [UInt8] {
    let available = max(0, min(count, size - place))
    guard place >= 0, available > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: available) { buffer, filled in
      filled = copy(place, available, into: UnsafeMutableRawPointer(buffer.baseAddress!))
    }
  }

  /// Copies bytes of the file; fewer if a read fails or the file shrinks.
  private func copy(_ place: Int, _ count: Int, into destination: UnsafeMutableRawPointer) -> Int {
    switch storage {
    case .memory(let bytes):
      bytes.withUnsafeBytes {
        destination.copyMemory(from: $0.baseAddress! + place, byteCount: count)
      }
      return count
    case .file(let descriptor):
      let buffer = UnsafeMutableRawBufferPointer(start: destination, count: count)
      let (done, error) = Transfer.read(buffer, from: descriptor, at: place)
      if let error, systemError == nil { systemError = Errno(rawValue: error) }
      return done
    }
  }
}

/// A part of a file with other bytes before and after it.
///
/// libsndfile reads a minimal header and the audio itself, because its parsers of titles, cue
/// points and pictures have hung and overflowed on damaged files.
struct ByteView: Equatable {
  /// Bytes before the range.
  var prefix: [UInt8]
  /// The part of the file.
  var range: Range<Int>
  /// Bytes after the range.
  var suffix: [UInt8] = []
  /// Size in bytes.
  var count: Int { prefix.count + range.count + suffix.count }
}

import Glibc

/// Moves bytes to or from the system until all have been moved, also if signals interrupt it.
package enum Transfer {
  /// Calls `step` until `count` bytes have been moved.
  ///
  /// - Parameters:
  ///   - count: Number of bytes.
  ///   - step: Moves up to `left` bytes after the first `done`; returns how many were moved, 0 at the
  ///     end, or -1 with `errno` set, as `read` and `write` do.
  /// - Returns: The number of moved bytes, less than `count` at the end or after an error, and the error.
  package static func all(
    _ count: Int, _ step: (_ done: Int, _ left: Int) -> Int
  ) -> (count: Int, error: CInt?) {
    var done = 0
    while done < count {
      let moved = step(done, count - done)
      if moved == 0 { break }
      if moved > 0 {
        done += moved
      } else if errno != EINTR {
        return (done, errno)
      }
    }
    return (done, nil)
  }

  /// Fills a buffer from a file or stream.
  ///
  /// - Parameters:
  ///   - buffer: The destination.
  ///   - descriptor: The file or stream.
  ///   - place: Offset in the file, in bytes; nil reads on from the current place.
  /// - Returns: The number of bytes read, less than the buffer has at the end or after an error, and
  ///   the error.
  package static func read(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: CInt, at place: Int? = nil
  ) -> (count: Int, error: CInt?) {
    all(buffer.count) { done, left in
      let start = buffer.baseAddress! + done
      return place.map { pread(descriptor, start, left, off_t($0 + done)) }
        ?? Glibc.read(descriptor, start, left)
    }
  }

  /// Writes all bytes to a file or stream.
  ///
  /// - Returns: The error; nil if everything was written.
  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) -> CInt? {
    let (count, error) = all(bytes.count) { done, left in
      Glibc.write(descriptor, bytes.baseAddress! + done, left)
    }
    // A write of nothing is not an end.
    return error ?? (count < bytes.count ? EIO : nil)
  }
}

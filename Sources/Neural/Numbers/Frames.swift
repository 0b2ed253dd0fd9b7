/// Owns the numbers of a sub-batch over time, (T + 2, rows, columns): T frames between two guard frames.
///
/// The guard frames are zero: they are the state before the first frame and after the last one, so
/// neither direction needs a special first step. Memory is aligned to cache lines of 64 bytes and
/// is reused from sub-batch to sub-batch.
final class Frames<Scalar: BinaryFloatingPoint> {
  let columns: Int
  private(set) var frameCount = 0
  private(set) var rows = 0
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int

  /// Starts without frames; `reshape` allocates them.
  init(columns: Int) {
    self.columns = columns
    capacity = 0
    memory = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
  }

  deinit {
    memory.deallocate()
  }

  /// Allocates T frames of `rows` rows.
  ///
  /// The guards are zero; the frames are not initialised.
  func reshape(frameCount: Int, rows: Int) {
    let needed = (frameCount + 2) * rows * columns
    if needed > capacity {
      memory.deallocate()
      memory = UnsafeMutableRawPointer.allocate(
        byteCount: max(needed * MemoryLayout<Scalar>.stride, 64), alignment: 64)
      memory.bindMemory(to: Scalar.self, capacity: needed).initialize(repeating: 0, count: needed)
      capacity = needed
    }
    self.frameCount = frameCount
    self.rows = rows
    self[-1].clear()
    self[frameCount].clear()
  }

  /// Copies the shape and the numbers of `other`, which must have the same number of columns.
  func copy(_ other: Frames) {
    precondition(other.columns == columns, "\(other.columns) columns copied to \(columns)")
    reshape(frameCount: other.frameCount, rows: other.rows)
    start(0).update(from: other.start(0), count: frameCount * rows * columns)
  }

  /// The (rows, columns) of frame `t`, from -1 (the guard before) to T (the guard after).
  subscript(t: Int) -> Matrix<Scalar> {
    precondition(t >= -1 && t <= frameCount, "frame \(t) of \(frameCount)")
    return Matrix(start(t), rows: rows, columns: columns)
  }

  /// The frames in `range`, stacked: (count * rows, columns); from -1 to T as in `subscript`.
  func stacked(_ range: Range<Int>) -> Matrix<Scalar> {
    precondition(
      range.lowerBound >= -1 && range.upperBound <= frameCount + 1,
      "frames \(range) of \(frameCount)")
    return Matrix(start(range.lowerBound), rows: range.count * rows, columns: columns)
  }

  /// All T frames, stacked, without the guards.
  func stacked() -> Matrix<Scalar> { stacked(0..<frameCount) }

  private func start(_ t: Int) -> UnsafeMutablePointer<Scalar> {
    memory.assumingMemoryBound(to: Scalar.self) + (t + 1) * rows * columns
  }
}

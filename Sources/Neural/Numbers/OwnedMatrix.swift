/// Owns the memory of one matrix, zero at first and aligned to cache lines of 64 bytes.
final class OwnedMatrix<Scalar: Numeric & BitwiseCopyable> {
  /// The matrix; valid while this owner exists.
  let view: Matrix<Scalar>

  init(rows: Int, columns: Int) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(rows * columns * MemoryLayout<Scalar>.stride, 64), alignment: 64)
    let base = memory.bindMemory(to: Scalar.self, capacity: rows * columns)
    base.initialize(repeating: 0, count: rows * columns)
    view = Matrix(base, rows: rows, columns: columns)
  }

  deinit { view.base.deallocate() }
}

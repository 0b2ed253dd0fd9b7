/// A view of numbers in rows, in memory that a `Frames` or an array owns.
///
/// Row-major: element (row, column) lies at `row * stride + column`. A view is only as alive as its
/// owner, so none leaves the module.
public struct Matrix<Scalar> {
  let base: UnsafeMutablePointer<Scalar>
  let rows: Int
  let columns: Int
  /// Numbers from the start of one row to the start of the next, at least `columns`.
  let stride: Int

  init(_ base: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int, stride: Int? = nil) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  // The extents were checked with the view, so wrapping arithmetic cannot wrap; without its traps the
  // loops vectorise.
  @inline(__always)
  subscript(row: Int, column: Int) -> Scalar {
    get {
      assert(row >= 0 && row < rows && column >= 0 && column < columns)
      return base[row &* stride &+ column]
    }
    nonmutating set {
      assert(row >= 0 && row < rows && column >= 0 && column < columns)
      base[row &* stride &+ column] = newValue
    }
  }

  /// The first `count` rows.
  func prefix(_ count: Int) -> Matrix {
    precondition(count <= rows, "\(count) rows of a matrix of \(rows)")
    return Matrix(base, rows: count, columns: columns, stride: stride)
  }

  /// The numbers of one row.
  func row(_ index: Int) -> [Scalar] {
    precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
    return Array(UnsafeBufferPointer(start: base + index * stride, count: columns))
  }

  /// Copies the numbers of `other`, which has the same rows and columns.
  func copy(_ other: Matrix) {
    precondition(
      other.rows == rows && other.columns == columns,
      "(\(other.rows), \(other.columns)) copied to (\(rows), \(columns))")
    for row in 0..<rows {
      (base + row * stride).update(from: other.base + row * other.stride, count: columns)
    }
  }

  /// Copies `numbers`, one for each column, to one row.
  func setRow(_ index: Int, _ numbers: UnsafeBufferPointer<Scalar>) {
    precondition(
      index >= 0 && index < rows && numbers.count == columns,
      "\(numbers.count) numbers to row \(index) of a matrix of (\(rows), \(columns))")
    guard let source = numbers.baseAddress else { return }
    (base + index * stride).update(from: source, count: columns)
  }

  /// The columns in `range`, of every row.
  func columns(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "columns \(range) of a matrix of \(columns)")
    return Matrix(base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }
}

extension Matrix where Scalar: NeuralScalar {
  /// The product of one row with row `other` of `source`, in eight sums side by side, which do not
  /// wait for one another.
  func dot(_ row: Int, _ source: Matrix, _ other: Int) -> Scalar {
    precondition(
      row < rows && other < source.rows && columns == source.columns,
      "row \(row) of (\(rows), \(columns)) times row \(other) of (\(source.rows), \(source.columns))"
    )
    let (left, right) = (base + row * stride, source.base + other * source.stride)
    var sums = SIMD8<Scalar>.zero
    for column in Swift.stride(from: 0, to: columns - 7, by: 8) {
      sums +=
        UnsafeRawPointer(left + column).loadUnaligned(as: SIMD8<Scalar>.self)
        * UnsafeRawPointer(right + column).loadUnaligned(as: SIMD8<Scalar>.self)
    }
    for column in columns / 8 * 8..<columns { sums[0] += left[column] * right[column] }
    return sums.sum()
  }
}

extension Matrix where Scalar: NeuralScalar {
  /// Adds `scale` times row `other` of `source` to one row.
  func addToRow(_ row: Int, _ scale: Scalar, _ source: Matrix, _ other: Int) {
    precondition(
      row < rows && other < source.rows && columns == source.columns,
      "row \(other) of (\(source.rows), \(source.columns)) to row \(row) of (\(rows), \(columns))")
    Scalar.add(
      scale, UnsafeBufferPointer(start: source.base + other * source.stride, count: columns),
      to: UnsafeMutableBufferPointer(start: base + row * stride, count: columns))
  }
}

extension Matrix where Scalar: BinaryFloatingPoint {
  /// Sets the rows from `first` on to zero.
  func clear(from first: Int = 0) {
    guard first < rows else { return }
    for row in first..<rows {
      (base + row * stride).update(repeating: 0, count: columns)
    }
  }

  /// The transpose of this (rows, columns) is written into `target` (columns, rows).
  func transpose(into target: Matrix) {
    precondition(
      target.rows == columns && target.columns == rows,
      "transpose of (\(rows), \(columns)) into (\(target.rows), \(target.columns))")
    for row in 0..<rows {
      for column in 0..<columns {
        target[column, row] = self[row, column]
      }
    }
  }
}

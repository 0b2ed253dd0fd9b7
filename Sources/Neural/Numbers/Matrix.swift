/// A view of a matrix in memory that a `Frames` or an `OwnedMatrix` owns.
///
/// Row-major: element (row, column) lies at `row * stride + column`. A view is valid only while its
/// owner exists, so views are not used outside the module.
struct Matrix<Scalar> {
  /// Unchecked pointer, for C and for the loops below; its users check the extents first.
  let base: UnsafeMutablePointer<Scalar>
  let rows: Int
  let columns: Int
  /// Distance between the starts of two rows, in numbers; at least `columns`.
  let stride: Int

  init(_ base: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int, stride: Int? = nil) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  /// Element (row, column), checked in every build.
  @inline(__always)
  subscript(row: Int, column: Int) -> Scalar {
    get { base[place(row, column)] }
    nonmutating set { base[place(row, column)] = newValue }
  }

  @inline(__always)
  private func place(_ row: Int, _ column: Int) -> Int {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "element (\(row), \(column)) of (\(rows), \(columns))")
    // The extents were checked when the view was made, so this cannot overflow.
    return row &* stride &+ column
  }

  /// The address of a row's first number; `columns` numbers are valid.
  func start(ofRow row: Int) -> UnsafeMutablePointer<Scalar> {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    return base + row * stride
  }

  /// Checks the extents, as a precondition.
  func expect(rows: Int, columns: Int) {
    precondition(
      rows == self.rows && columns == self.columns,
      "a matrix of (\(self.rows), \(self.columns)), not (\(rows), \(columns))")
  }

  /// A view of the first `count` rows.
  func prefix(_ count: Int) -> Matrix {
    precondition(count >= 0 && count <= rows, "\(count) rows of a matrix of \(rows)")
    return Matrix(base, rows: count, columns: columns, stride: stride)
  }

  /// A view of the columns in `range`.
  func columns(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "columns \(range) of a matrix of \(columns)")
    return Matrix(base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// The numbers of one row.
  func row(_ index: Int) -> [Scalar] {
    Array(UnsafeBufferPointer(start: start(ofRow: index), count: columns))
  }

  /// Copies `numbers`, one per column, to one row.
  func setRow(_ index: Int, _ numbers: UnsafeBufferPointer<Scalar>) {
    precondition(numbers.count == columns, "\(numbers.count) numbers to a row of \(columns)")
    guard let source = numbers.baseAddress else { return }
    start(ofRow: index).update(from: source, count: columns)
  }

  /// Copies the numbers of `other`, which has the same rows and columns.
  func copy(_ other: Matrix) {
    other.expect(rows: rows, columns: columns)
    for row in 0..<rows {
      start(ofRow: row).update(from: other.start(ofRow: row), count: columns)
    }
  }

  /// Writes the transpose of this (rows, columns) into `target` (columns, rows).
  func transpose(into target: Matrix) {
    target.expect(rows: columns, columns: rows)
    for row in 0..<rows {
      let source = start(ofRow: row)
      // Both extents were checked; a check of each number would double the time.
      for column in 0..<columns { target.base[column &* target.stride &+ row] = source[column] }
    }
  }
}

extension Matrix where Scalar: BinaryFloatingPoint {
  /// Sets the rows from `first` on to zero.
  func clear(from first: Int = 0) {
    guard first < rows else { return }
    for row in first..<rows { start(ofRow: row).update(repeating: 0, count: columns) }
  }
}

extension Matrix where Scalar: NeuralScalar {
  /// The dot product of one row with row `other` of `source`, in eight independent sums, which the
  /// processor runs in parallel.
  func dot(_ row: Int, _ source: Matrix, _ other: Int) -> Scalar {
    precondition(columns == source.columns, "\(columns) numbers times \(source.columns)")
    let (left, right) = (start(ofRow: row), source.start(ofRow: other))
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

/// Matrix products as plain loops: what `Double` runs on, and what the fast products are tested
/// against.
enum PlainProducts<Scalar: BinaryFloatingPoint> {
  /// `c = a b`, or `c += a b` if `accumulating`.
  static func multiply(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, into c: Matrix<Scalar>, accumulating: Bool
  ) {
    precondition(
      a.rows == c.rows && a.columns == b.rows && b.columns == c.columns,
      "(\(a.rows), \(a.columns)) (\(b.rows), \(b.columns)) into (\(c.rows), \(c.columns))")
    for row in 0..<c.rows {
      let sums = c.base + row * c.stride
      if !accumulating { sums.update(repeating: 0, count: c.columns) }
      for k in 0..<a.columns {
        let factor = a.base[row * a.stride + k]
        let terms = b.base + k * b.stride
        for column in 0..<c.columns {
          sums[column] += factor * terms[column]
        }
      }
    }
  }

  /// `c += transpose(a) b`.
  static func multiplyTransposed(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, addingTo c: Matrix<Scalar>
  ) {
    precondition(
      a.rows == b.rows && a.columns == c.rows && b.columns == c.columns,
      "(\(a.rows), \(a.columns))^T (\(b.rows), \(b.columns)) into (\(c.rows), \(c.columns))")
    for k in 0..<a.rows {
      let terms = b.base + k * b.stride
      for row in 0..<c.rows {
        let factor = a.base[k * a.stride + row]
        let sums = c.base + row * c.stride
        for column in 0..<c.columns {
          sums[column] += factor * terms[column]
        }
      }
    }
  }
}

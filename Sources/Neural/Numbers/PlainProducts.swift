/// Matrix products as plain loops: what `Double` runs on, and what the fast products are tested
/// against.
enum PlainProducts<Scalar: NeuralScalar> {
  /// `c = a b`, or `c += a b` if `accumulating`.
  static func multiply(
    _ a: Matrix<Scalar>, _ b: PackedMatrix<Scalar>, into c: Matrix<Scalar>, accumulating: Bool
  ) {
    for row in 0..<c.rows {
      for column in 0..<c.columns {
        var sum = accumulating ? c[row, column] : 0
        for k in 0..<b.depth { sum += a[row, k] * b[k, column] }
        c[row, column] = sum
      }
    }
  }

  /// `c += transpose(a) b`.
  static func multiplyTransposed(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, addingTo c: Matrix<Scalar>
  ) {
    for row in 0..<c.rows {
      for column in 0..<c.columns {
        var sum = c[row, column]
        for k in 0..<a.rows { sum += a[k, row] * b[k, column] }
        c[row, column] = sum
      }
    }
  }
}

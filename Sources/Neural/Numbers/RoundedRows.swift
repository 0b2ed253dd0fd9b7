/// The rows of a matrix as whole numbers of 8 bits with a scale for each row, for products with an
/// `Int8Matrix`: number = scale * q, q from -127 to 127.
///
/// Memory is reused from matrix to matrix.
final class RoundedRows<Scalar: NeuralScalar> {
  private(set) var rows = 0
  private(set) var columns = 0
  /// Distance between the starts of two rows: whole groups of four numbers.
  private(set) var stride = 0
  private var numbers = OwnedMatrix<UInt8>(rows: 0, columns: 1)
  private var ownScales = OwnedMatrix<Scalar>(rows: 1, columns: 0)

  /// Makes room for (rows, columns).
  func reshape(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    stride = (columns + 3) / 4 * 4
    if rows * stride > numbers.view.rows {
      numbers = OwnedMatrix(rows: rows * stride, columns: 1)
    }
    if rows > ownScales.view.columns { ownScales = OwnedMatrix(rows: 1, columns: rows) }
  }

  /// (rows, stride): q + 128.
  var base: UnsafeMutablePointer<UInt8> { numbers.view.base }
  /// (rows).
  var scales: UnsafeMutablePointer<Scalar> { ownScales.view.base }

  /// Number q of a row and a column.
  subscript(row: Int, column: Int) -> Int {
    get { Int(base[place(row, column)]) - 128 }
    set { base[place(row, column)] = UInt8(newValue + 128) }
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "number (\(row), \(column)) of (\(rows), \(columns))")
    return row * stride + column
  }
}

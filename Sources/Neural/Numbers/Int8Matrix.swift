/// A matrix of weights as whole numbers of 8 bits with a scale for each column, stored in the order in
/// which products read it.
///
/// (depth, columns) in panels of 64 columns as in `PackedMatrix`. In a panel, four rows lie together:
/// (depth / 4, 64, 4), the last four filled up with zeros.
final class Int8Matrix<Scalar: NeuralScalar> {
  private static var panelColumns: Int { PackedMatrix<Scalar>.panelColumns }

  /// Number of rows, over which products sum.
  let depth: Int
  /// Number of columns, without the padding of the last panel.
  let columns: Int
  /// The panels in order.
  let numbers: OwnedMatrix<Int8>
  /// (1, columns), with the padding.
  let scales: OwnedMatrix<Scalar>
  /// (1, columns): the sums over depth, with the padding.
  let sums: OwnedMatrix<Int32>

  /// Makes a matrix of zeros.
  init(depth: Int, columns: Int) {
    // Sums of products of 8 bits stay within 32 bits.
    precondition(depth <= 1 << 16, "a depth of \(depth)")
    self.depth = depth
    self.columns = columns
    let padded = (columns + Self.panelColumns - 1) / Self.panelColumns * Self.panelColumns
    numbers = OwnedMatrix(rows: padded, columns: (depth + 3) / 4 * 4)
    scales = OwnedMatrix(rows: 1, columns: padded)
    sums = OwnedMatrix(rows: 1, columns: padded)
  }

  /// The whole number at (row, column).
  subscript(row: Int, column: Int) -> Int {
    precondition(
      row >= 0 && row < depth && column >= 0 && column < columns,
      "element (\(row), \(column)) of (\(depth), \(columns))")
    return Int(numbers.view.base[place(row, column)])
  }

  /// Stores the transpose of a (columns, depth) matrix whose rows are whole multiples, of -128 to 127,
  /// of `scales`.
  func pack(transposing matrix: Matrix<Scalar>, scales: [Scalar]) {
    matrix.expect(rows: columns, columns: depth)
    precondition(scales.count == columns, "\(scales.count) scales of \(columns) rows")
    for column in 0..<columns {
      let scale = scales[column]
      self.scales.view[0, column] = scale
      var sum: Int32 = 0
      for row in 0..<depth {
        let number = Int8((matrix[column, row] / scale).rounded())
        numbers.view.base[place(row, column)] = number
        sum += Int32(number)
      }
      sums.view[0, column] = sum
    }
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    let panel = column / Self.panelColumns * numbers.view.columns
    return (panel + row / 4 * 4) * Self.panelColumns + column % Self.panelColumns * 4 + row % 4
  }
}

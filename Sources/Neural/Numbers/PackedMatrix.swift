/// A matrix that many others are multiplied by, such as weights, stored in the order in which the
/// product reads it.
///
/// (depth, columns) in panels of 64 columns, each panel contiguous and row by row, the last one
/// padded with zeros. A panel is read sequentially, and the part in use fits into the first-level
/// cache.
final class PackedMatrix<Scalar: NeuralScalar> {
  /// Number of columns of a panel.
  static var panelColumns: Int { 64 }

  /// Number of rows, over which products sum.
  let depth: Int
  /// Number of columns, without the padding of the last panel.
  let columns: Int
  private let numbers: OwnedMatrix<Scalar>

  /// Makes a matrix of zeros.
  init(depth: Int, columns: Int) {
    self.depth = depth
    self.columns = columns
    let panels = (columns + Self.panelColumns - 1) / Self.panelColumns
    numbers = OwnedMatrix(rows: panels * depth, columns: Self.panelColumns)
  }

  /// The panels in order, (depth, 64) each.
  var base: UnsafeMutablePointer<Scalar> { numbers.view.base }

  /// Element (row, column) of the matrix.
  subscript(row: Int, column: Int) -> Scalar {
    precondition(
      row >= 0 && row < depth && column >= 0 && column < columns,
      "element (\(row), \(column)) of (\(depth), \(columns))")
    return base[place(row, column)]
  }

  /// Copies a (depth, columns) matrix.
  func pack(_ matrix: Matrix<Scalar>) {
    matrix.expect(rows: depth, columns: columns)
    for first in stride(from: 0, to: columns, by: Self.panelColumns) {
      let panel = matrix.columns(first..<min(first + Self.panelColumns, columns))
      for row in 0..<depth {
        (base + place(row, first)).update(from: panel.start(ofRow: row), count: panel.columns)
      }
    }
  }

  /// Copies the transpose of a (columns, depth) matrix.
  func pack(transposing matrix: Matrix<Scalar>) {
    matrix.expect(rows: columns, columns: depth)
    for first in stride(from: 0, to: columns, by: Self.panelColumns) {
      let count = min(Self.panelColumns, columns - first)
      for row in 0..<depth {
        // The extents were checked; a check of each number would double the time.
        let target = base + place(row, first)
        let source = matrix.base + first * matrix.stride + row
        for column in 0..<count { target[column] = source[column &* matrix.stride] }
      }
    }
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    (column / Self.panelColumns * depth + row) * Self.panelColumns + column % Self.panelColumns
  }
}

/// A matrix that stands still while many others are multiplied by it: weights, laid out in the order
/// in which the product reads them.
///
/// (depth, columns) in panels of 64 columns, each panel row by row in one piece and the last one
/// filled up with zeros. A panel is read in sequence, and its part for the sums at hand fits the
/// first-level cache.
final class PackedMatrix<Scalar: NeuralScalar> {
  /// Columns of a panel.
  static var panelColumns: Int { 64 }

  /// Rows, over which products sum.
  let depth: Int
  /// Columns of the matrix, not counting what fills the last panel.
  let columns: Int
  private let numbers: OwnedMatrix<Scalar>

  /// Zero everywhere.
  init(depth: Int, columns: Int) {
    self.depth = depth
    self.columns = columns
    let panels = (columns + Self.panelColumns - 1) / Self.panelColumns
    numbers = OwnedMatrix(rows: panels * depth, columns: Self.panelColumns)
  }

  /// Panel after panel, (depth, 64) each.
  var base: UnsafeMutablePointer<Scalar> { numbers.view.base }

  /// Element (row, column) of the matrix.
  subscript(row: Int, column: Int) -> Scalar {
    precondition(
      row >= 0 && row < depth && column >= 0 && column < columns,
      "element (\(row), \(column)) of (\(depth), \(columns))")
    return base[place(row, column)]
  }

  /// Takes over a (depth, columns) matrix.
  func pack(_ matrix: Matrix<Scalar>) {
    matrix.expect(rows: depth, columns: columns)
    for first in stride(from: 0, to: columns, by: Self.panelColumns) {
      let panel = matrix.columns(first..<min(first + Self.panelColumns, columns))
      for row in 0..<depth {
        (base + place(row, first)).update(from: panel.start(ofRow: row), count: panel.columns)
      }
    }
  }

  /// Takes over the transpose of a (columns, depth) matrix.
  func pack(transposing matrix: Matrix<Scalar>) {
    matrix.expect(rows: columns, columns: depth)
    for first in stride(from: 0, to: columns, by: Self.panelColumns) {
      let count = min(Self.panelColumns, columns - first)
      for row in 0..<depth {
        // The extents were compared: without a check for each number it takes half the time.
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

import Testing

@testable import Basics
@testable import Neural

/// Products in 8 bits: the C kernels of every instruction set against the plain Swift, to the last bit.
@Suite struct Int8KernelTests {
  /// (rows, depth, columns): every count of rows in a block, odd groups of four, odd columns.
  private static let shapes = [
    (1, 1, 1), (2, 3, 5), (3, 40, 64), (4, 7, 65), (5, 128, 16), (6, 129, 80), (7, 300, 12),
    (13, 64, 200), (0, 4, 4),
  ]

  /// Rows of ordinary numbers, and three of others: zeros, ties between two whole numbers, and numbers
  /// that are too small or nearly so.
  private static func numbers(
    _ rows: Int, _ columns: Int, using generator: inout SeededGenerator
  ) -> Frames<Float> {
    let frames = random(rows + 3, columns, scale: 3, using: &generator)
    let matrix = frames[0]
    for column in 0..<columns {
      matrix[rows, column] = 0
      matrix[rows + 1, column] = column == 0 ? 127 : Float(column % 254) - 126.5
      matrix[rows + 2, column] = column == 1 ? 1.01e-30 : 1e-30
    }
    return frames
  }

  private static func weights(
    depth: Int, columns: Int, using generator: inout SeededGenerator
  ) -> (matrix: Frames<Float>, packed: Int8Matrix<Float>) {
    let matrix = Frames<Float>(columns: depth)
    matrix.reshape(frameCount: 1, rows: columns)
    let scales = (0..<columns).map { _ in Float(generator.uniform(1e-4, 1e-2)) }
    for row in 0..<columns {
      for column in 0..<depth {
        matrix[0][row, column] = scales[row] * Float(generator.integer(below: 256) - 128)
      }
    }
    let packed = Int8Matrix<Float>(depth: depth, columns: columns)
    packed.pack(transposing: matrix[0], scales: scales)
    return (matrix, packed)
  }

  @Test(arguments: KernelTests.kernels)
  func rounding(_ kernels: FloatKernels) {
    var generator = SeededGenerator(seed: 21)
    for (rows, columns, _) in Self.shapes {
      let frames = Self.numbers(rows, columns, using: &generator)
      defer { withExtendedLifetime(frames) {} }
      let matrix = frames[0]
      let (fast, plain) = (RoundedRows<Float>(), RoundedRows<Float>())
      kernels.round(matrix, into: fast)
      PlainKernels().round(matrix, into: plain)
      for row in 0..<matrix.rows {
        #expect(fast.scales[row] == plain.scales[row], "row \(row) of \((rows, columns))")
        for column in 0..<columns {
          let (number, q) = (matrix[row, column], plain[row, column])
          #expect(fast[row, column] == q, "\((row, column)) of \((rows, columns)): \(number)")
          let error = abs(number - plain.scales[row] * Float(q))
          #expect(error <= 0.5001 * plain.scales[row] || abs(number) <= 1e-30)
        }
      }
    }
  }

  @Test(arguments: KernelTests.kernels)
  func products(_ kernels: FloatKernels) {
    var generator = SeededGenerator(seed: 22)
    for (rows, depth, columns) in Self.shapes {
      let a = Self.numbers(rows, depth, using: &generator)
      let (_, b) = Self.weights(depth: depth, columns: columns, using: &generator)
      let start = random(rows + 3, columns, using: &generator)
      let rounded = RoundedRows<Float>()
      // Memory of a larger matrix is used again.
      let larger = random(20, 400, using: &generator)
      PlainKernels().round(larger[0], into: rounded)
      PlainKernels().round(a[0], into: rounded)
      for accumulating in [false, true] {
        let (fast, plain) = (Frames<Float>(columns: columns), Frames<Float>(columns: columns))
        fast.copy(start)
        plain.copy(start)
        kernels.multiply(rounded, b, into: fast[0], accumulating: accumulating)
        PlainKernels().multiply(rounded, b, into: plain[0], accumulating: accumulating)
        for row in 0..<fast.rows {
          #expect(
            fast[0].row(row) == plain[0].row(row), "row \(row) of \((rows, depth, columns))")
        }
        #expect(rows == 0 || fast[0].row(0) != start[0].row(0))
      }
    }
  }

  /// All numbers at their ends: no sum of products leaves its 16 or 32 bits.
  @Test(arguments: KernelTests.kernels)
  func theLargestSums(_ kernels: FloatKernels) {
    let depth = 4_099
    for (a, b) in [(127, 127), (127, -128), (-127, 127), (-127, -128)] as [(Float, Float)] {
      let rows = Frames<Float>(columns: depth)
      rows.reshape(frameCount: 1, rows: 2)
      let matrix = Frames<Float>(columns: depth)
      matrix.reshape(frameCount: 1, rows: 3)
      for k in 0..<depth {
        for row in 0..<2 { rows[0][row, k] = a }
        for column in 0..<3 { matrix[0][column, k] = b }
      }
      let packed = Int8Matrix<Float>(depth: depth, columns: 3)
      packed.pack(transposing: matrix[0], scales: [1, 1, 1])
      let rounded = RoundedRows<Float>()
      kernels.round(rows[0], into: rounded)
      let c = Frames<Float>(columns: 3)
      c.reshape(frameCount: 1, rows: 2)
      kernels.multiply(rounded, packed, into: c[0], accumulating: false)
      #expect(c[0].row(1) == [Float](repeating: Float(depth) * a * b, count: 3))
    }
  }

  /// The plain product is that of the numbers, but for what rounding to steps of a row costs.
  @Test func thePlainProductIsThatOfTheNumbers() {
    var generator = SeededGenerator(seed: 23)
    let (rows, depth, columns) = (3, 50, 7)
    let a = random(rows, depth, using: &generator)
    let (matrix, b) = Self.weights(depth: depth, columns: columns, using: &generator)
    let (rounded, c) = (RoundedRows<Float>(), random(rows, columns, using: &generator))
    PlainKernels().round(a[0], into: rounded)
    PlainKernels().multiply(rounded, b, into: c[0], accumulating: false)
    for row in 0..<rows {
      for column in 0..<columns {
        let terms = (0..<depth).map { (a[0][row, $0], matrix[0][column, $0]) }
        let exact = terms.reduce(0) { $0 + Double($1.0) * Double($1.1) }
        let bound = terms.reduce(0) { $0 + Double(abs($1.1)) } * Double(rounded.scales[row]) / 2
        #expect(abs(Double(c[0][row, column]) - exact) <= bound * 1.001)
        #expect(Double(c[0][row, column]) != exact)
      }
    }
  }
}

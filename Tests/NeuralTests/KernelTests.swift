import Testing

@testable import Basics
@testable import Neural

/// The C kernels of every instruction set that this processor runs, against the plain Swift.
@Suite struct KernelTests {
  static let kernels = FloatKernels.all

  @Test func theFastestKernelsComeLast() {
    #expect(Self.kernels.first?.name == "baseline")
    #expect(Self.kernels.count >= 2)
  }

  /// Sums of k products of numbers below 1 in magnitude differ by the roundings of at most k sums.
  @Test(arguments: kernels)
  func products(_ kernels: FloatKernels) {
    var generator = SeededGenerator(seed: 11)
    for (rows, depth, columns) in Self.shapes {
      let a = random(rows, depth, using: &generator)
      let b = random(depth, columns, using: &generator)
      let packed = PackedMatrix<Float>(depth: depth, columns: columns)
      packed.pack(b[0])
      let start = random(rows, columns, using: &generator)
      for accumulating in [false, true] {
        let (fast, plain) = (Frames<Float>(columns: columns), Frames<Float>(columns: columns))
        fast.copy(start)
        plain.copy(start)
        kernels.multiply(a[0], packed, into: fast[0], accumulating: accumulating)
        PlainKernels().multiply(a[0], packed, into: plain[0], accumulating: accumulating)
        expectClose(fast, plain, Float(depth + 1) * 6e-8, "\((rows, depth, columns))")
      }
    }
  }

  @Test(arguments: kernels)
  func transposedProducts(_ kernels: FloatKernels) {
    var generator = SeededGenerator(seed: 12)
    for (rows, depth, columns) in Self.shapes {
      let a = random(depth, rows, using: &generator)
      let b = random(depth, columns, using: &generator)
      let start = random(rows, columns, using: &generator)
      let (fast, plain) = (Frames<Float>(columns: columns), Frames<Float>(columns: columns))
      fast.copy(start)
      plain.copy(start)
      kernels.multiplyTransposed(a[0], b[0], addingTo: fast[0])
      PlainKernels().multiplyTransposed(a[0], b[0], addingTo: plain[0])
      expectClose(fast, plain, Float(depth + 1) * 6e-8, "\((rows, depth, columns))")
    }
  }

  /// Every count of rows in a block, odd columns, a depth beyond one chunk, nothing at all.
  static let shapes = [
    (1, 1, 1), (2, 3, 5), (3, 40, 64), (4, 7, 65), (5, 128, 16), (6, 129, 80), (7, 300, 12),
    (13, 64, 200), (0, 4, 4), (2, 0, 9),
  ]

  /// The activations are within 4 units in the last place, the sums likewise; each result is a sum of
  /// two products of such numbers, below 2 in magnitude.
  @Test(arguments: kernels)
  func cell(_ kernels: FloatKernels) {
    var generator = SeededGenerator(seed: 13)
    for (rows, units) in [(1, 1), (3, 4), (2, 16), (5, 37), (4, 64)] {
      let fast = CellExample(rows, units, using: &generator)
      let plain = CellExample(copying: fast)
      kernels.cellForward(fast.step, bias: fast.bias[0])
      PlainKernels().cellForward(plain.step, bias: plain.bias[0])
      fast.expectClose(plain, 1e-6, "forward of \((rows, units))")

      let common = CellExample(copying: plain)
      kernels.cellBackward(
        common.step, hiddenGradient: common.hiddenGradient[0],
        cellGradient: common.cellGradient[0], biasGradient: common.bias[0])
      PlainKernels().cellBackward(
        plain.step, hiddenGradient: plain.hiddenGradient[0],
        cellGradient: plain.cellGradient[0], biasGradient: plain.bias[0])
      common.expectClose(plain, 1e-6, "backward of \((rows, units))")
    }
  }

  /// Some roundings of numbers below 2 in magnitude.
  @Test(arguments: kernels)
  func adam(_ kernels: FloatKernels) {
    var generator = SeededGenerator(seed: 14)
    func numbers(_ lower: Double) -> [Float] {
      (0..<77).map { _ in Float(generator.uniform(lower, 1)) }
    }
    let (parameters, gradients, means, squares) = (
      numbers(-1), numbers(-1), numbers(-1), numbers(0)
    )
    let rates = AdamRates<Float>(
      mean: 0.1, square: 0.001, step: 0.01, rootScale: 1.5, epsilon: 1e-8, shrink: 0.99, pull: 0.2)
    var fast = (parameters, means, squares)
    var plain = fast
    kernels.adamStep(&fast.0, gradients, means: &fast.1, squares: &fast.2, in: 3..<70, rates)
    PlainKernels().adamStep(
      &plain.0, gradients, means: &plain.1, squares: &plain.2, in: 3..<70, rates)
    for (mine, others) in [(fast.0, plain.0), (fast.1, plain.1), (fast.2, plain.2)] {
      #expect(zip(mine, others).allSatisfy { abs($0 - $1) < 3e-7 })
      #expect(mine != parameters)
    }
    #expect(fast.0[..<3] == parameters[..<3] && fast.0[70...] == parameters[70...])
  }

  /// The same numbers fall, to the last one: whole words of four, whole vectors and odd ends.
  @Test(arguments: kernels, [1, 3, 4, 63, 64, 65, 256, 300])
  func dropout(_ kernels: FloatKernels, _ count: Int) {
    var generator = SeededGenerator(seed: 16)
    let fast = random(3, count, using: &generator)
    let (plain, start) = (Frames<Float>(columns: count), Frames<Float>(columns: count))
    plain.copy(fast)
    start.copy(fast)
    for threshold: UInt32 in [0, 13_107, 64_881] {
      kernels.drop(row: 1, of: fast[0], place: 0xDEAD_BEEF, threshold: threshold, scale: 1.25)
      PlainKernels().drop(
        row: 1, of: plain[0], place: 0xDEAD_BEEF, threshold: threshold, scale: 1.25)
      #expect(fast[0].row(1) == plain[0].row(1))
    }
    #expect(count < 63 || fast[0].row(1).contains(0))
    for row in [0, 2] { #expect(fast[0].row(row) == start[0].row(row)) }
  }

  /// One rounding instead of two, of numbers below 2; only that row changes.
  @Test(arguments: kernels, [1, 15, 16, 17, 256])
  func scaledSums(_ kernels: FloatKernels, _ count: Int) {
    var generator = SeededGenerator(seed: 15)
    let terms = random(2, count, using: &generator)
    let fast = random(3, count, using: &generator)
    let plain = Frames<Float>(columns: count)
    plain.copy(fast)
    kernels.addRow(1, of: terms[0], times: 0.7, toRow: 2, of: fast[0])
    PlainKernels().addRow(1, of: terms[0], times: 0.7, toRow: 2, of: plain[0])
    expectClose(fast, plain, 3e-7, "sums of \(count)")
    let sums = plain[0].row(2)
    kernels.addRow(1, of: terms[0], times: -0.7, toRow: 2, of: plain[0])
    #expect(plain[0].row(2) != sums)
  }

  /// All that a cell step reads and writes, in memory of its own.
  struct CellExample {
    let gates: Frames<Float>
    let previousCell, cell, cellActivation, hidden: Frames<Float>
    let hiddenGradient, cellGradient: Frames<Float>
    let bias: Frames<Float>

    init(_ rows: Int, _ units: Int, using generator: inout SeededGenerator) {
      gates = random(rows, 4 * units, scale: 4, using: &generator)
      previousCell = random(rows, units, using: &generator)
      cell = random(rows, units, using: &generator)
      cellActivation = random(rows, units, using: &generator)
      hidden = random(rows, units, using: &generator)
      hiddenGradient = random(rows, units, using: &generator)
      cellGradient = random(rows, units, using: &generator)
      bias = random(1, 4 * units, using: &generator)
    }

    init(copying other: CellExample) {
      func copy(_ frames: Frames<Float>) -> Frames<Float> {
        let copy = Frames<Float>(columns: frames.columns)
        copy.copy(frames)
        return copy
      }
      gates = copy(other.gates)
      previousCell = copy(other.previousCell)
      cell = copy(other.cell)
      cellActivation = copy(other.cellActivation)
      hidden = copy(other.hidden)
      hiddenGradient = copy(other.hiddenGradient)
      cellGradient = copy(other.cellGradient)
      bias = copy(other.bias)
    }

    var step: LSTMStep<Float> {
      LSTMStep(
        gates: gates[0], previousCell: previousCell[0], cell: cell[0],
        cellActivation: cellActivation[0], hidden: hidden[0])
    }

    func expectClose(_ other: CellExample, _ tolerance: Float, _ what: String) {
      for (mine, others) in [
        (gates, other.gates), (cell, other.cell), (cellActivation, other.cellActivation),
        (hidden, other.hidden), (cellGradient, other.cellGradient), (bias, other.bias),
      ] {
        NeuralTests.expectClose(mine, others, tolerance, what)
      }
    }
  }
}

/// (rows, columns) of uniform numbers within `scale` of zero.
func random(
  _ rows: Int, _ columns: Int, scale: Double = 1, using generator: inout SeededGenerator
) -> Frames<Float> {
  let frames = Frames<Float>(columns: columns)
  frames.reshape(frameCount: 1, rows: rows)
  for row in 0..<rows {
    for column in 0..<columns { frames[0][row, column] = Float(generator.uniform(-scale, scale)) }
  }
  return frames
}

func expectClose(
  _ found: Frames<Float>, _ expected: Frames<Float>, _ tolerance: Float, _ what: String
) {
  #expect(
    found.rows == expected.rows && found.columns == expected.columns && expected.columns > 0,
    "\(what): (\(found.rows), \(found.columns)), not (\(expected.rows), \(expected.columns))")
  for row in 0..<expected.rows {
    let differences = zip(found[0].row(row), expected[0].row(row)).map { abs($0 - $1) }
    // Said this way, NaN fails.
    #expect(
      differences.allSatisfy { $0 <= tolerance }, "\(what), row \(row): off by \(differences)")
  }
}

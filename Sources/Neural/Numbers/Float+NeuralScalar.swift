#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The fast path: C compiled for several instruction sets.
extension Float: NeuralScalar {
  /// The C library's `expf`.
  public static func exponential(_ x: Float) -> Float { expf(x) }

  /// The C library's `logf`.
  public static func logarithm(_ x: Float) -> Float { logf(x) }

  /// The C library's `tanhf`; the cell has its own.
  public static func hyperbolicTangent(_ x: Float) -> Float { tanhf(x) }

  /// Blocks of sums in registers.
  public static func multiply(
    _ a: Matrix<Float>, _ b: PackedMatrix<Float>, into c: Matrix<Float>, accumulating: Bool
  ) {
    FloatKernels.best.multiply(a, b, into: c, accumulating: accumulating)
  }

  /// Blocks of sums in registers.
  public static func multiplyTransposed(
    _ a: Matrix<Float>, _ b: Matrix<Float>, addingTo c: Matrix<Float>
  ) {
    FloatKernels.best.multiplyTransposed(a, b, addingTo: c)
  }

  /// Activations, cell and hidden state in one pass.
  public static func cellForward(_ step: LSTMStep<Float>, bias: Matrix<Float>) {
    FloatKernels.best.cellForward(step, bias: bias)
  }

  /// All gradients of the cell in one pass.
  public static func cellBackward(
    _ step: LSTMStep<Float>, hiddenGradient: Matrix<Float>, cellGradient: Matrix<Float>,
    biasGradient: Matrix<Float>
  ) {
    FloatKernels.best.cellBackward(
      step, hiddenGradient: hiddenGradient, cellGradient: cellGradient, biasGradient: biasGradient)
  }

  /// A vector of numbers at a time.
  public static func drop(
    _ numbers: UnsafeMutableBufferPointer<Float>, place: UInt64, threshold: UInt32, scale: Float
  ) {
    FloatKernels.best.drop(numbers, place: place, threshold: threshold, scale: scale)
  }

  /// A vector of numbers at a time.
  public static func add(
    _ scale: Float, _ terms: UnsafeBufferPointer<Float>,
    to sums: UnsafeMutableBufferPointer<Float>
  ) {
    FloatKernels.best.add(scale, terms, to: sums)
  }

  /// A vector of parameters at a time, nine times as fast: Swift's square root branches.
  public static func adamStep(
    _ parameters: inout [Float], _ gradients: [Float], means: inout [Float],
    squares: inout [Float], in range: Range<Int>, _ rates: AdamRates<Float>
  ) {
    FloatKernels.best.adamStep(
      &parameters, gradients, means: &means, squares: &squares, in: range, rates)
  }
}

/// A number type that the network computes in: the few operations that are worth a fast path.
///
/// `Double` takes the plain loops, which read like the equations; gradient checks run on them, over
/// the same code for layers and batches. `Float` takes the fast ones, which the tests compare with
/// the plain ones.
public protocol NeuralScalar: BinaryFloatingPoint, SIMDScalar, Sendable, Codable {
  /// e to the power of `x`.
  static func exponential(_ x: Self) -> Self

  /// Natural logarithm of `x`.
  static func logarithm(_ x: Self) -> Self

  /// Hyperbolic tangent of `x`.
  static func hyperbolicTangent(_ x: Self) -> Self

  /// `c = a b`, or `c += a b` if `accumulating`: (n, k) times (k, m) gives (n, m).
  ///
  /// A row of the result depends on its own row of `a` only, to the last bit.
  static func multiply(
    _ a: Matrix<Self>, _ b: PackedMatrix<Self>, into c: Matrix<Self>, accumulating: Bool)

  /// `c += transpose(a) b`: (k, n) and (k, m) give (n, m).
  ///
  /// A sum over k frames, for the gradients of weights.
  static func multiplyTransposed(_ a: Matrix<Self>, _ b: Matrix<Self>, addingTo c: Matrix<Self>)

  /// One time step of the LSTM cell; see `LSTMCell.forward`.
  static func cellForward(_ step: LSTMStep<Self>, bias: Matrix<Self>)

  /// One time step backward; see `LSTMCell.backward`.
  static func cellBackward(
    _ step: LSTMStep<Self>, hiddenGradient: Matrix<Self>, cellGradient: Matrix<Self>,
    biasGradient: Matrix<Self>)

  /// Dropout of numbers side by side; see `Dropout.drop`.
  static func drop(
    _ numbers: UnsafeMutableBufferPointer<Self>, place: UInt64, threshold: UInt32, scale: Self)

  /// `sums += scale * terms`; both have as many numbers.
  static func add(
    _ scale: Self, _ terms: UnsafeBufferPointer<Self>,
    to sums: UnsafeMutableBufferPointer<Self>)

  /// One step of Adam for the parameters in `range`; see `Adam`.
  static func adamStep(
    _ parameters: inout [Self], _ gradients: [Self], means: inout [Self], squares: inout [Self],
    in range: Range<Int>, _ rates: AdamRates<Self>)
}

extension NeuralScalar {
  /// 1 / (1 + exp(-x)), without overflow for any x.
  static func logistic(_ x: Self) -> Self {
    let decay = exponential(-abs(x))
    return (x < 0 ? decay : 1) / (1 + decay)
  }
}

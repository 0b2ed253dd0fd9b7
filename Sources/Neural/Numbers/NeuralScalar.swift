/// A number type for the network, with functions that the standard library lacks.
///
/// `Double` uses the plain kernels; the gradient checks use it, with the same code for layers and
/// batches. `Float` uses the fast kernels, which the tests compare with the plain ones.
public protocol NeuralScalar: BinaryFloatingPoint, SIMDScalar, Sendable, Codable {
  /// e to the power of `x`.
  static func exponential(_ x: Self) -> Self

  /// Natural logarithm of `x`.
  static func logarithm(_ x: Self) -> Self

  /// Hyperbolic tangent of `x`.
  static func hyperbolicTangent(_ x: Self) -> Self
}

extension NeuralScalar {
  /// 1 / (1 + exp(-x)), without overflow for any x.
  static func logistic(_ x: Self) -> Self {
    let decay = exponential(-abs(x))
    return (x < 0 ? decay : 1) / (1 + decay)
  }
}

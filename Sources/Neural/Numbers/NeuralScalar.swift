/// A number type that the network computes in, with the functions that the standard library lacks.
///
/// `Double` takes the plain kernels, which read like the equations; gradient checks run on them, over
/// the same code for layers and batches. `Float` takes the fast ones, which the tests compare with
/// the plain ones.
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

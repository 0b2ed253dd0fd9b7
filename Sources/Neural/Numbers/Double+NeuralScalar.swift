#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Double: NeuralScalar {
  /// The C library's `exp`.
  public static func exponential(_ x: Double) -> Double { exp(x) }

  /// The C library's `log`.
  public static func logarithm(_ x: Double) -> Double { log(x) }

  /// The C library's `tanh`.
  public static func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Float: NeuralScalar {
  /// The C library's `expf`.
  public static func exponential(_ x: Float) -> Float { expf(x) }

  /// The C library's `logf`.
  public static func logarithm(_ x: Float) -> Float { logf(x) }

  /// The C library's `tanhf`; the cell has its own.
  public static func hyperbolicTangent(_ x: Float) -> Float { tanhf(x) }
}

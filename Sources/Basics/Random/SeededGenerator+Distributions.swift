#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SeededGenerator {
  /// Uniform in [0, 1), a multiple of 2^-53.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Uniform between `lower` (included) and `upper`.
  public mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * uniform()
  }

  /// Uniform among 0..<`bound`, without bias (Lemire 2019: multiply, and reject the short remainder).
  ///
  /// - Precondition: `bound` is positive.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "a random number below \(bound)")
    let bound = UInt64(bound)
    let remainder = (0 &- bound) % bound
    var product = next().multipliedFullWidth(by: bound)
    while product.low < remainder {
      product = next().multipliedFullWidth(by: bound)
    }
    return Int(product.high)
  }

  /// Normal with mean 0 and deviation 1 (Box and Muller 1958, one of the pair).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// Shuffles `elements` (Fisher and Yates, from the end).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }
}

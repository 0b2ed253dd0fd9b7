/// Natural logarithm of positive normal numbers in single precision.
enum NaturalLogarithm {
  /// ln x, for x from the smallest normal number to the largest finite one.
  ///
  /// x = 2^e m with m from sqrt(1/2) to sqrt(2), and with f = m - 1
  /// ln x = e ln 2 + f - f^2 / 2 + f^3 q(f). q was fitted to a relative error of 6e-9 of ln(1 + f).
  /// The result is within 1.2e-7 |ln x| + 4e-8 of the true value, which a test shows.
  static func of(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
    // Splits exponent and fraction at sqrt(1/2); the constant has its bits.
    let shifted = (bits &- 0x3F35_04F3) &+ 0x8000_0000
    let biased = shifted &>> 23  // e + 256
    let fraction = (bits &- (biased &<< 23)) &+ 0x8000_0000
    let f = unsafeBitCast(fraction, to: Lanes.self) - 1
    // Converts an integer to a float through the low bits of 2^23, which works in vectors on any
    // processor.
    let e = unsafeBitCast(biased | 0x4B00_0000, to: Lanes.self) - Float(0x80_0000 + 256)

    var q = Lanes(repeating: -0.07634497)
    q = q * f + 0.12761576
    q = q * f - 0.13160183
    q = q * f + 0.14201757
    q = q * f - 0.16623357
    q = q * f + 0.20001227
    q = q * f - 0.2500082
    q = q * f + 0.3333333
    let square = f * f
    let tail = f * square * q - 0.5 * square
    // ln 2 in two parts; the product of e and the first part is exact.
    return e * 0.693359375 + (f + (tail - e * 2.1219444e-4))
  }
}

/// The random number generator of the whole program: xoshiro256** (Blackman and Vigna 2018), with
/// its state filled from the seed by SplitMix64.
///
/// It has its own distributions and shuffle, because the algorithms of the standard library may
/// change: the same seed gives the same numbers with any toolchain. Encoding keeps the position in
/// the sequence, so a resumed training draws the same numbers as an uninterrupted one.
public struct SeededGenerator: RandomNumberGenerator, Equatable, Sendable {
  /// The seed of this generator.
  ///
  /// Children depend on the seed, not on how many numbers were drawn.
  public let seed: UInt64
  private var state: SIMD4<UInt64>

  /// A generator at the start of the sequence that belongs to `seed`.
  public init(seed: UInt64) {
    self.seed = seed
    state = SIMD4(
      SplitMix64.mix(seed &+ SplitMix64.increment),
      SplitMix64.mix(seed &+ 2 &* SplitMix64.increment),
      SplitMix64.mix(seed &+ 3 &* SplitMix64.increment),
      SplitMix64.mix(seed &+ 4 &* SplitMix64.increment))
  }

  /// A separate generator for part `index` of the work (an epoch, a clip).
  ///
  /// It does not depend on how many numbers were drawn from this one.
  public func child(_ index: UInt64) -> SeededGenerator {
    SeededGenerator(
      seed: SplitMix64.mix(SplitMix64.mix(seed) ^ SplitMix64.mix(index &+ SplitMix64.increment)))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    func rotate(_ x: UInt64, _ count: UInt64) -> UInt64 { x << count | x >> (64 - count) }
    let result = rotate(state[1] &* 5, 7) &* 9
    let shifted = state[1] << 17
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = rotate(state[3], 45)
    return result
  }
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): 64 bits in, 64 well-mixed bits out.
package enum SplitMix64 {
  package static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  package static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

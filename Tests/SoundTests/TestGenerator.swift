/// The same random numbers in every run: Knuth's linear congruential generator.
struct TestGenerator: RandomNumberGenerator {
  private var state: UInt64 = 1

  mutating func next() -> UInt64 {
    // The high half of two steps; low bits of such generators repeat.
    func step(_ state: inout UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 32
    }
    return step(&state) << 32 | step(&state)
  }

  /// Noise of +-0.5.
  mutating func noise(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float.random(in: -0.5...0.5, using: &self) }
  }
}

import Testing

@testable import Basics
@testable import Datasets

/// Noise that is made for training.
@Suite struct SyntheticNoiseTests {
  private func noise(seed: UInt64, count: Int = 16_000) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return SyntheticNoise.samples(count, using: &generator)
  }

  /// The power of the differences of neighbours over that of the samples: near 0 for rumble, 2 for white
  /// noise, above for hiss.
  private func brightness(_ samples: [Float]) -> Float {
    let differences = zip(samples, samples.dropFirst()).reduce(0) {
      $0 + ($1.1 - $1.0) * ($1.1 - $1.0)
    }
    return differences / samples.reduce(0) { $0 + $1 * $1 }
  }

  /// The loudest tenth of a second over the softest, in power.
  private func unrest(_ samples: [Float]) -> Float {
    let powers = stride(from: 0, to: samples.count, by: 1_600).map { start in
      samples[start..<start + 1_600].reduce(0) { $0 + $1 * $1 }
    }
    return powers.max()! / powers.min()!
  }

  @Test func theLevelIsTheSameForAll() {
    for seed in 0..<50 as Range<UInt64> {
      let power = noise(seed: seed).reduce(0) { $0 + $1 * $1 } / 16_000
      #expect(abs(power.squareRoot() - 0.05) < 1e-4, "\(seed)")
    }
    #expect(noise(seed: 3) == noise(seed: 3) && noise(seed: 3) != noise(seed: 4))
    #expect(noise(seed: 1, count: 0).isEmpty && noise(seed: 1, count: 1).count == 1)
  }

  @Test func thereAreRumbleAndHissAndSwells() {
    let all = (0..<200 as Range<UInt64>).map { noise(seed: $0) }
    let bright = all.map(brightness)
    #expect(bright.contains { $0 < 0.1 } && bright.contains { $0 > 2.5 }, "\(bright.sorted())")
    let unrests = all.map(unrest)
    #expect(unrests.count { $0 > 10 } > 20 && unrests.count { $0 < 2 } > 20, "\(unrests.sorted())")
  }
}

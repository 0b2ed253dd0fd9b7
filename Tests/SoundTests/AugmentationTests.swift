import Testing

@testable import Sound

/// What training does to a clip, each change alone.
@Suite struct AugmentationTests {
  /// A generator that always draws the same bits.
  private struct Fixed: RandomNumberGenerator {
    var bits: UInt64
    func next() -> UInt64 { bits }
  }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  private struct Mixed: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
  }

  private let ramp = (0..<100).map { Float($0) }

  @Test func noneChangesNothing() {
    var generator = Mixed(state: 1)
    let options = AugmentationOptions.none
    #expect(options.augmented(ramp, sampleRate: 1_000, noise: ramp, using: &generator) == ramp)
    var features = Features(frameCount: 4, featureCount: 2, values: [1, 2, 3, 4, 5, 6, 7, 8])
    options.mask(&features, using: &generator)
    #expect(features.values == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(options.vocalTractFactor(using: &generator) == 1)
  }

  @Test func equalGeneratorsGiveEqualClips() {
    let options = AugmentationOptions()
    func clip(_ seed: UInt64) -> [Float] {
      var generator = Mixed(state: seed)
      return options.augmented(ramp, sampleRate: 1_000, noise: [1, -1, 2], using: &generator)
    }
    #expect(clip(1) == clip(1) && clip(1) != clip(2))
    #expect((0..<200).allSatisfy { !clip($0).contains { !$0.isFinite } })
  }

  @Test func aShiftMovesAndFillsWithZeros() {
    var samples: [Float] = [1, 2, 3, 4]
    shift(&samples, by: 1)
    #expect(samples == [0, 1, 2, 3])
    shift(&samples, by: -2)
    #expect(samples == [2, 3, 0, 0])
    shift(&samples, by: 9)
    #expect(samples == [0, 0, 0, 0])
    var empty: [Float] = []
    shift(&empty, by: 3)
    #expect(empty.isEmpty)
  }

  @Test func theShiftStaysWithinItsRange() {
    var options = AugmentationOptions.none
    options.shiftMilliseconds = 10
    var generator = Mixed(state: 3)
    var impulse = [Float](repeating: 0, count: 101)
    impulse[50] = 1
    let places = (0..<500).map { _ in
      options.augmented(impulse, sampleRate: 1_000, using: &generator).firstIndex(of: 1)! - 50
    }
    #expect(Set(places) == Set(-10...10))
  }

  /// Speed 2 halves the length, and linear interpolation of a ramp is exact.
  @Test func speedChangesTheLength() {
    #expect(resampled(ramp, by: 2) == stride(from: 0, through: 98, by: 2).map { Float($0) })
    #expect(resampled(ramp, by: 0.5).count == 199 && resampled(ramp, by: 0.5)[3] == 1.5)
    #expect(resampled([7], by: 2) == [7] && resampled([], by: 2).isEmpty)
  }

  @Test func theLevelStaysWithinItsRange() {
    var options = AugmentationOptions.none
    options.gainDecibels = 6
    var generator = Mixed(state: 4)
    let gains = (0..<500).map { _ in
      options.augmented([1], sampleRate: 1_000, using: &generator)[0]
    }
    // +-6 dB are factors of 0.501 and 1.995.
    #expect(gains.allSatisfy { (0.5011...1.9953).contains($0) })
    #expect(gains.min()! < 0.55 && gains.max()! > 1.8)
  }

  /// The mean power of what was added stands the asked-for ratio below that of the clip.
  @Test(arguments: [-10, 0, 20] as [Float]) func noiseIsMixedAtItsRatio(_ ratio: Float) {
    let clip = (0..<1_000).map { Float($0 % 20) / 20 - 0.5 }
    var mixed = clip
    mix([0.3, -0.1, 0.7], into: &mixed, signalToNoise: ratio)
    let added = zip(mixed, clip).map { $0 - $1 }
    // The noise is repeated to 1,000 samples, one more than whole rounds: within 0.05 dB.
    #expect(abs(meanPower(clip) / meanPower(added) / amplitude(decibels: 2 * ratio) - 1) < 0.012)
  }

  @Test func silenceHasNoRatioAndStays() {
    for (clip, noise) in [([0, 0], [1, 1]), ([1, 1], [0]), ([1, 1], []), ([], [1])]
      as [(
        [Float], [Float]
      )]
    {
      var samples = clip
      mix(noise, into: &samples, signalToNoise: 0)
      #expect(samples == clip)
    }
  }

  @Test func noiseComesToItsShareOfTheClips() {
    var options = AugmentationOptions.none
    options.noiseProbability = 0.3
    var generator = Mixed(state: 5)
    let noisy = (0..<2_000).count { _ in
      options.augmented([1, 1], sampleRate: 1_000, noise: [1], using: &generator) != [1, 1]
    }
    // 600 expected, with a deviation of 20.
    #expect((500...700).contains(noisy))
  }

  @Test func masksHideAtMostTheirShare() {
    var options = AugmentationOptions()
    (options.masks, options.maskedCoefficients, options.maskedFrames) = (1, 3, 100)
    var generator = Mixed(state: 6)
    for _ in 0..<300 {
      var features = Features(
        frameCount: 50, featureCount: 8, values: [Float](repeating: 1, count: 400))
      options.mask(&features, using: &generator)
      let rows = (0..<50).map { Array(features.values[$0 * 8..<($0 + 1) * 8]) }
      // No more than a fifth of the frames and three coefficients.
      #expect(rows.count { $0.allSatisfy { $0 == 0 } } <= 10)
      #expect((0..<8).count { column in rows.allSatisfy { $0[column] == 0 } } <= 3)
    }
    for (frames, coefficients) in [(1, 1), (1, 8), (4, 1)] {
      var small = Features(
        frameCount: frames, featureCount: coefficients,
        values: [Float](repeating: 1, count: frames * coefficients))
      options.mask(&small, using: &generator)
      #expect(small.values.count == frames * coefficients)
    }
  }

  @Test func theVocalTractStaysWithinItsRange() {
    var options = AugmentationOptions()
    options.vocalTract = 0.1
    var generator = Mixed(state: 7)
    let factors = (0..<500).map { _ in options.vocalTractFactor(using: &generator) }
    #expect(factors.allSatisfy { (0.8999...1.1001).contains($0) })
    #expect(factors.min()! < 0.91 && factors.max()! > 1.09)
  }

  @Test func drawsReachBothEnds() {
    var lowest = Fixed(bits: 0)
    var highest = Fixed(bits: .max)
    #expect(lowest.uniform(in: -2...3) == -2 && highest.uniform(in: -2...3) <= 3)
    #expect(lowest.index(below: 7) == 0 && highest.index(below: 7) == 6)
    #expect(highest.index(below: 1) == 0)
  }
}

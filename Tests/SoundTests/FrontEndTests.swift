import Testing

@testable import Sound

@Suite struct FrontEndTests {
  @Test(arguments: FrontEndPreset.allCases) func aFrameIsTheSameInAnyLane(
    preset: FrontEndPreset
  ) throws {
    var generator = TestGenerator()
    let options = FrontEndOptions(preset: preset, sampleRate: 16_000)
    let frontEnd = try FrontEnd(options)
    let clip = generator.noise(16_000)
    let whole = try frontEnd.bandEnergies(of: clip).rows
    // Each start shifts frames into other lanes, next to other frames; the edges differ.
    for shift in 1...3 {
      let part = Array(clip[(shift * options.hopLength)...])
      let rows = try frontEnd.bandEnergies(of: part).rows
      let edge = 6 * options.melBands
      #expect(
        rows.dropFirst(edge).dropLast(edge).elementsEqual(
          whole.dropFirst(edge + shift * options.melBands).dropLast(edge))
          || options.preEmphasisScope == .clip)
    }
    // And a front end gives the same twice.
    #expect(try frontEnd.features(of: clip) == FrontEnd(options).features(of: clip))
  }

  @Test(arguments: FrontEndPreset.allCases) func everythingIsFinite(preset: FrontEndPreset) throws {
    for sampleRate in [8_000, 16_000, 44_100] {
      let frontEnd = try FrontEnd(FrontEndOptions(preset: preset, sampleRate: sampleRate))
      let count = sampleRate / 4
      let clips: [[Float]] = [
        [Float](repeating: 0, count: count), [Float](repeating: 1, count: count),
        [Float](repeating: 1e-30, count: count), (0..<count).map { $0 % 40 < 20 ? 1 : -1 },
        (0..<count).map { $0 == count / 2 ? 1_000_000 : 0 },
      ]
      for clip in clips {
        #expect(try frontEnd.features(of: clip).values.allSatisfy { $0.isFinite })
      }
    }
  }

  @Test func ownRecipeOfShortClips() throws {
    let frontEnd = try FrontEnd(FrontEndOptions())
    for (samples, frames) in [(0, 0), (479, 0), (480, 1), (799, 1), (800, 2)] {
      let features = try frontEnd.features(of: [Float](repeating: 0.1, count: samples))
      #expect(features.frameCount == frames && features.values.count == 40 * frames)
    }
  }

  @Test func emptyBandsAreAnErrorOfOurOwnRecipe() throws {
    var options = FrontEndOptions()
    options.melBands = 200
    #expect(throws: FrontEndError.self) { try FrontEnd(options) }
    options.allowsEmptyBands = true
    #expect(try !FrontEnd(options).emptyBands.isEmpty)
    #expect(try FrontEnd(FrontEndOptions()).emptyBands.isEmpty)
    // torchaudio 2.8: columns of melscale_fbanks(201, 0, 8000, 128, 16000) that are all zero.
    let torchaudio = FrontEndOptions(preset: .torchaudio, sampleRate: 16_000)
    #expect(try FrontEnd(torchaudio).emptyBands == [0, 3, 6, 13])
  }

  @Test func normalisationIsLearntAndApplied() throws {
    var generator = TestGenerator()
    let plain = try FrontEnd(FrontEndOptions())
    var accumulator = FeatureNormalization.Accumulator(featureCount: 40)
    let clips = (0..<5).map { _ in generator.noise(8_000) }
    for clip in clips { accumulator.add(try plain.features(of: clip)) }
    let normalization = accumulator.normalization()
    let frontEnd = try FrontEnd(FrontEndOptions(), normalization: normalization)
    var (sum, squares, count) = (
      [Double](repeating: 0, count: 40), [Double](repeating: 0, count: 40), 0.0
    )
    for clip in clips {
      let features = try frontEnd.features(of: clip)
      for t in 0..<features.frameCount {
        count += 1
        for (k, value) in features[t].enumerated() {
          sum[k] += Double(value)
          squares[k] += Double(value) * Double(value)
        }
      }
    }
    for k in 0..<40 {
      #expect(abs(sum[k] / count) < 1e-4)
      #expect(abs(squares[k] / count - 1) < 1e-3)
    }
    #expect(throws: FrontEndError.normalizationMismatch(stored: 1, features: 40)) {
      try FrontEnd(
        FrontEndOptions(), normalization: FeatureNormalization(mean: [0], deviation: [1]))
    }
  }

  /// However the clips are divided: the distance of the groups is part of the deviation.
  @Test func mergedGroupsAreAsOne() {
    func accumulator(_ values: [Float]) -> FeatureNormalization.Accumulator {
      var accumulator = FeatureNormalization.Accumulator(featureCount: 1)
      accumulator.add(Features(frameCount: values.count, featureCount: 1, values: values))
      return accumulator
    }
    var merged = accumulator([1, 3])
    merged.merge(accumulator([11, 13, 15]))
    let whole = accumulator([1, 3, 11, 13, 15]).normalization()
    #expect(abs(merged.normalization().mean[0] - whole.mean[0]) < 1e-5)
    #expect(abs(merged.normalization().deviation[0] - whole.deviation[0]) < 1e-5)
  }

  @Test func aConstantFeatureIsNotBlownUp() {
    var accumulator = FeatureNormalization.Accumulator(featureCount: 1)
    accumulator.add(Features(frameCount: 3, featureCount: 1, values: [7, 7, 7]))
    #expect(accumulator.normalization() == FeatureNormalization(mean: [7], deviation: [1]))
  }
}

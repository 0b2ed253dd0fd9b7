import Testing

@testable import Sound

@Suite struct OwnRecipeTests {
  @Test func aSecondHasFortyNineFramesOfThirtyNine() throws {
    let frontEnd = try FrontEnd(FrontEndOptions(preset: .kws, sampleRate: 16_000))
    let features = try frontEnd.features(of: [Float](repeating: 0, count: 16_000))
    #expect(features.frameCount == 49 && features.featureCount == 39)
    #expect(frontEnd.frameCount(sampleCount: 16_000) == 49)
    // Silence: every band is ln(1e-6), so that C0 is sqrt(40) times it and the others and the
    // slopes 0.
    #expect(abs(features.values[0] - -13.815511 * 6.3245553) < 1e-3)
    #expect(features.values[1..<39].allSatisfy { abs($0) < 1e-4 })
  }

  @Test(arguments: [8_000, 11_025, 16_000, 22_050, 44_100, 48_000])
  func noMelBandIsEmpty(sampleRate: Int) throws {
    let options = FrontEndOptions(preset: .kws, sampleRate: sampleRate)
    #expect(MelBank(options).emptyBands.isEmpty)
    _ = try FrontEnd(options)
  }

  @Test func aNotFiniteSampleIsAnError() throws {
    let frontEnd = try FrontEnd(FrontEndOptions())
    var samples = [Float](repeating: 0, count: 16_000)
    samples[123] = .infinity
    #expect(throws: FrontEndError.sampleOutOfRange(sample: 123, value: .infinity)) {
      try frontEnd.features(of: samples)
    }
  }
}

import Foundation
import Testing

@testable import Sound

/// A longer and a shorter vocal tract.
@Suite struct VocalTractTests {
  private let options = FrontEndOptions()

  /// One frame of 40 bands, 1 to 40.
  private func rising(frames: Int = 1) -> BandEnergies {
    var energies = BandEnergies(frames: frames, bands: options.melBands)
    energies.rows = (0..<frames).flatMap { _ in (1...options.melBands).map(Float.init) }
    return energies
  }

  @Test func theFactorOneChangesNothing() throws {
    var energies = rising()
    VocalTract.lengthen(by: 1, &energies, options)
    #expect(energies.rows == rising().rows)
    var generator = TestGenerator()
    let clip = generator.noise(16_000)
    let frontEnd = try FrontEnd(options)
    #expect(try frontEnd.features(of: clip, vocalTract: 1) == frontEnd.features(of: clip))
    #expect(try frontEnd.features(of: clip, vocalTract: 1.1) != frontEnd.features(of: clip))
  }

  /// A tone at the factor times f then looks as the tone at f does as it is.
  @Test(arguments: [0.8, 0.95, 1.1, 1.25] as [Float]) func aToneMoves(_ factor: Float) throws {
    func middleOfEnergy(_ frequency: Double, _ factor: Float) throws -> Double {
      let tone = (0..<1_600).map { Float(0.5 * sin(2 * .pi * frequency * Double($0) / 16_000)) }
      var energies = try FrontEnd(options).bandEnergies(of: tone)
      VocalTract.lengthen(by: factor, &energies, options)
      let frame = energies.rows[..<options.melBands].map(Double.init)
      return zip(frame, 0...).reduce(0) { $0 + $1.0 * Double($1.1) } / frame.reduce(0, +)
    }
    for frequency in [600.0, 1_000, 1_700, 2_900] {
      let moved = try middleOfEnergy(Double(factor) * frequency, factor)
      let expected = try middleOfEnergy(frequency, 1)
      // Bands of other widths see the tone's window otherwise.
      #expect(abs(moved - expected) < 0.3, "\(frequency) Hz: band \(moved), not \(expected)")
    }
  }

  @Test(arguments: [0.5, 0.99, 1.01, 1.5] as [Float])
  func beyondTheOutermostBandsTheirEnergyGoesOn(_ factor: Float) {
    var energies = rising()
    VocalTract.lengthen(by: factor, &energies, options)
    let moved = energies.rows
    #expect(zip(moved, moved.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(zip(moved, rising().rows).allSatisfy { factor > 1 ? $0 >= $1 : $0 <= $1 })
    #expect(factor > 1 ? moved.last == 40 : moved.first == 1)
  }

  /// torchaudio's bank at 16 kHz has bands without a Fourier bin, whose zeros would spread.
  @Test func emptyBandsStayEmpty() throws {
    let frontEnd = try FrontEnd(FrontEndOptions(preset: .torchaudio, sampleRate: 16_000))
    #expect(!frontEnd.emptyBands.isEmpty)
    var generator = TestGenerator()
    let clip = generator.noise(16_000)
    #expect(try frontEnd.features(of: clip, vocalTract: 1.1) == frontEnd.features(of: clip))
  }

  @Test func everyFrameChangesAlikeAndLanesWithoutOneStayZeros() {
    var (one, many) = (rising(), rising(frames: 11))
    VocalTract.lengthen(by: 1.13, &one, options)
    VocalTract.lengthen(by: 1.13, &many, options)
    #expect(many.rows == (0..<11).flatMap { _ in one.rows })
    for lanes in one.bands { #expect((1..<Lanes.count).allSatisfy { lanes[$0] == 0 }) }
  }
}

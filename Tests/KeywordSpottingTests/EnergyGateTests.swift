import Glibc
import TestSupport
import Testing

@testable import Recognition
@testable import Sound

/// A gate leaves out the windows below its level, and changes no other.
@Suite struct EnergyGateTests {
  private static let model = ModelFixture.model()
  private static let recogniser = Recogniser(model)
  private static let rate = 8_000

  /// A quiet tone that swells at two places, with some samples that fill no step.
  private static let samples: [Float] = (0..<8 * rate + 777).map { index in
    let time = Double(index) / Double(rate)
    let level = 0.001 + 0.3 * exp(-pow(3 * (time - 2.3), 2)) + 0.05 * exp(-pow(time - 6, 2))
    return Float(level * sin(2 * Double.pi * 600 * time))
  }

  private func windows(_ decibels: Double?, piece: Int = 4_096) throws -> [Session.Window] {
    let gate = decibels.flatMap { EnergyGate($0, labels: Self.model.labels) }
    let session = Self.recogniser.session(stepSeconds: 0.1, gate: gate)
    var windows: [Session.Window] = []
    for start in stride(from: 0, to: Self.samples.count, by: piece) {
      windows += try session.push(
        Array(Self.samples[start..<min(Self.samples.count, start + piece)]))
    }
    return windows + (try session.finish())
  }

  /// The level of a window, looked at by itself.
  private func level(_ range: Range<Int>) -> Double {
    let squares = Self.samples[range].map { Double($0) * Double($0) }
    return 10 * log10(squares.reduce(0, +) / Double(squares.count))
  }

  @Test func onlyQuietWindowsAreLeftOut() throws {
    let all = try windows(nil)
    #expect(all.allSatisfy { !$0.isQuiet })
    for decibels in [-55.0, -40, -25] {
      let gated = try windows(decibels)
      #expect(gated.map(\.range) == all.map(\.range))
      for (window, plain) in zip(gated, all) {
        #expect(window.isQuiet == (level(window.range) < decibels), "\(window.range)")
        #expect(window.posteriors == (window.isQuiet ? [0, 0, 0, 1] : plain.posteriors))
      }
      let quiet = gated.count(where: \.isQuiet)
      #expect(quiet > 0 && quiet < gated.count, "\(decibels): \(quiet) of \(gated.count)")
      for piece in [7, 160] { #expect(try windows(decibels, piece: piece) == gated) }
    }
  }

  @Test func aGateBelowAllSoundChangesNothing() throws {
    #expect(try windows(-200) == windows(nil))
  }

  /// A recording that is shorter than a window.
  @Test func aShortRecordingIsLeftOut() throws {
    let gate = try #require(EnergyGate(-30, labels: Self.model.labels))
    for (level, isQuiet) in [(0.01 as Float, true), (0.2, false)] {
      let session = Self.recogniser.session(gate: gate)
      let tone = (0..<4_000).map { level * sin(Float($0) / 3) }
      let windows = try session.push(tone) + session.finish()
      #expect(windows.count == 1 && windows[0].isQuiet == isQuiet)
    }
  }

  /// After a reset the gate still holds.
  @Test func aSessionKeepsItsGate() throws {
    let gate = try #require(EnergyGate(-30, labels: Self.model.labels))
    let session = Self.recogniser.session(gate: gate)
    session.reset()
    #expect(try session.push([Float](repeating: 0, count: 8_000)).map(\.isQuiet) == [true])
  }

  @Test func silenceIsAnsweredElseUnknown() throws {
    #expect(EnergyGate(-30, labels: ["_silence_", "a"])?.posteriors == [1, 0])
    #expect(EnergyGate(-30, labels: ["a", "_unknown_"])?.posteriors == [0, 1])
    #expect(EnergyGate(-30, labels: ["a", "b"]) == nil)
  }
}

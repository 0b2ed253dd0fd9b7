import Glibc
import Testing

@testable import Sound

/// Pitch, room and telephone, each alone.
@Suite struct RoomAndTelephoneTests {
  private let rate = 16_000

  private func tone(_ frequency: Double, count: Int = 16_000) -> [Float] {
    (0..<count).map { 0.5 * Float(sin(2 * .pi * frequency * Double($0) / Double(rate))) }
  }

  /// The level of `samples` over that of `reference`, in dB, without the first tenth (the filters'
  /// way in).
  private func level(_ samples: [Float], over reference: [Float]) -> Float {
    let rest = samples.count / 10
    return 10 * log10f(meanPower(Array(samples[rest...])) / meanPower(Array(reference[rest...])))
  }

  /// Rises through zero, in Hz.
  private func frequency(_ samples: [Float]) -> Double {
    let rises = zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
    return Double(rises) * Double(rate) / Double(samples.count)
  }

  @Test func aRoomDecaysBySixtyDecibels() {
    var generator = TestGenerator()
    let room = RoomImpulse(
      reverberation: 0.5, directToReverberant: 6, sampleRate: rate, using: &generator)
    // Two thousand impulses a second over half a second, each in its own cell.
    #expect(abs(room.delays.count - 1_000) <= 1)
    #expect(zip(room.delays, room.delays.dropFirst()).allSatisfy { $0 < $1 })
    let last = abs(room.amplitudes.last! / room.amplitudes[0])
    #expect(abs(20 * log10f(last) + 60) < 0.5)
    let tail = room.amplitudes.reduce(0) { $0 + $1 * $1 }
    #expect(abs(10 * log10f(1 / tail) - 6) < 0.01)
    #expect(room.amplitudes.contains { $0 < 0 } && room.amplitudes.contains { $0 > 0 })
  }

  @Test func aRoomKeepsEnergyAndLength() {
    var generator = TestGenerator()
    let clip = generator.noise(4_000) + [Float](repeating: 0, count: 4_000)
    let room = RoomImpulse(
      reverberation: 0.3, directToReverberant: 0, sampleRate: rate, using: &generator)
    let changed = room.applied(to: clip)
    #expect(changed.count == clip.count)
    #expect(abs(meanPower(changed) / meanPower(clip) - 1) < 1e-3)
    #expect(changed[4_100...].contains { abs($0) > 0.01 }, "the tail goes on after the clip")
    #expect(room.applied(to: [0, 0]) == [0, 0])
  }

  /// A Butterworth band is 3 dB down at its edges; eight bits of mu-law add noise 38 dB down.
  @Test func aTelephonePassesItsBandOnly() {
    for (frequency, range) in [
      (1_000.0, -0.3...0.3), (300, -3.5 ... -2.5), (3_400, -3.5 ... -2.5),
      (100, -60 ... -30), (6_000, -60 ... -20),
    ] as [(Double, ClosedRange<Float>)] {
      let clip = tone(frequency)
      let changed = TelephoneBand.applied(to: clip, sampleRate: rate)
      #expect(changed.count == clip.count)
      let change = level(changed, over: clip)
      #expect(range.contains(change), "\(frequency) Hz: \(change) dB")
    }
    // At 8 kHz nothing is above the band to filter.
    let narrow = TelephoneBand.applied(to: tone(1_000), sampleRate: 8_000)
    #expect(narrow.count == tone(1_000).count && narrow.allSatisfy { $0.isFinite })
  }

  @Test func companding() {
    #expect(TelephoneBand.companded(0) == 0)
    #expect(TelephoneBand.companded(2) == 1 && TelephoneBand.companded(-2) == -1)
    for sample in stride(from: Float(-1), through: 1, by: 0.01) {
      // A step of 1/127 on the logarithmic curve: at most 2.3% of the sample, or 1e-4 near zero.
      #expect(abs(TelephoneBand.companded(sample) - sample) <= 0.023 * abs(sample) + 1e-4)
    }
  }

  @Test(arguments: [Float(0.8), 1.25]) func aStretchKeepsThePitch(factor: Float) {
    let clip = tone(200)
    let stretched = TimeStretch.applied(to: clip, factor: factor, sampleRate: rate)
    #expect(stretched.count == Int(Float(clip.count) * factor))
    #expect(abs(frequency(stretched) - 200) < 4)
    #expect(abs(level(stretched, over: clip)) < 1)
  }

  @Test(arguments: [Float(0.89), 1.12]) func pitchChangesAtTheSameLength(ratio: Float) {
    let clip = tone(200)
    let shifted = pitchShifted(clip, by: ratio, sampleRate: rate)
    #expect(abs(shifted.count - clip.count) <= 2)
    #expect(abs(frequency(shifted) - 200 * Double(ratio)) < 4)
  }

  @Test func tinyClipsStay() {
    #expect(TimeStretch.applied(to: [1, 2], factor: 2, sampleRate: rate) == [1, 2])
    #expect(TimeStretch.applied(to: [], factor: 2, sampleRate: rate).isEmpty)
  }

  @Test func allChangesTogetherAreReproducible() {
    var options = AugmentationOptions()
    (options.pitchSemitones, options.roomProbability, options.telephoneProbability) = (2, 0.5, 0.5)
    func clips() -> [[Float]] {
      var generator = TestGenerator()
      let clip = tone(300, count: 3_000)
      return (0..<20).map { _ in
        options.augmented(clip, sampleRate: rate, noise: [1, -1], using: &generator)
      }
    }
    let once = clips()
    #expect(once == clips() && Set(once).count == 20)
    #expect(once.allSatisfy { $0.allSatisfy { $0.isFinite } })
  }
}

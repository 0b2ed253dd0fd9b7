import Glibc
import Testing

@testable import Sound

@Suite struct RecordingConditionTests {
  private let samples = (0..<8_000).map { sin(Float($0) * 0.1) * 0.2 }
  private let noise = (0..<1_000).map { Float($0 * 7_919 % 1_000) / 1_000 - 0.5 }

  private func applied(_ condition: RecordingCondition) -> [Float] {
    var generator = TestGenerator()
    return condition.applied(to: samples, sampleRate: 8_000, noise: noise, using: &generator)
  }

  @Test(arguments: RecordingCondition.standard)
  func lengthStaysAndEqualGeneratorsGiveEqualClips(_ condition: RecordingCondition) {
    #expect(applied(condition).count == samples.count)
    #expect(applied(condition) == applied(condition))
    #expect(applied(condition) != samples)
  }

  @Test(arguments: [20, 10, 5, 0] as [Float])
  func noiseStandsSoFarBelow(_ ratio: Float) {
    let added = zip(applied(.noise(signalToNoise: ratio)), samples).map { $0 - $1 }
    let found = 10 * log10f(meanPower(samples) / meanPower(added))
    // Sums of 8,000 Floats.
    #expect(abs(found - ratio) < 0.01, "\(found) dB")
  }

  @Test func aShiftMovesAndFillsWithZeros() {
    let later = applied(.shift(milliseconds: 150))
    #expect(Array(later[1_200...]) == Array(samples[..<6_800]))
    #expect(later[..<1_200].allSatisfy { $0 == 0 })
    #expect(Array(applied(.shift(milliseconds: -150))[..<6_800]) == Array(samples[1_200...]))
  }

  @Test func tooLoudClips() {
    let loud = applied(.gain(decibels: 20))
    #expect(loud.max() == 1 && loud.min() == -1)
    let quiet = applied(.gain(decibels: -20))
    #expect(abs(quiet[5] / samples[5] - 0.1) < 1e-6)
  }

  @Test func namesDiffer() {
    let names = RecordingCondition.standard.map(\.name)
    #expect(Set(names).count == names.count && names[0] == "noise at 20 dB")
  }
}

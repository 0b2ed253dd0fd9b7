import Foundation
import Testing

@testable import Sound

@Suite struct ResamplerTests {
  static func resampled(_ samples: [Float], from: Int, to: Int, block: Int = 4_096) -> [Float] {
    var resampler = Resampler(from: from, to: to)
    var output: [Float] = []
    for start in stride(from: 0, to: samples.count, by: block) {
      resampler.push(Array(samples[start..<min(start + block, samples.count)]))
      output += resampler.take()
    }
    return output + resampler.finish()
  }

  static func sine(_ frequency: Double, _ count: Int, _ rate: Int) -> [Float] {
    (0..<count).map { Float(0.5 * sin(2 * Double.pi * frequency * Double($0) / Double(rate))) }
  }

  @Test(arguments: [(44_100, 16_000), (48_000, 16_000), (8_000, 16_000), (22_050, 8_000)])
  func aSineStaysASine(from: Int, to: Int) {
    let output = Self.resampled(Self.sine(1_000, from, from), from: from, to: to)
    let expected = Self.sine(1_000, to, to)
    // soxr HQ works to 20 bits: 1e-6. The first and last hundredth ring.
    let middle = to / 100..<to - to / 100
    #expect(largestDifference(output[middle], expected[middle]) < 2e-6)
  }

  @Test func whatDoesNotFitIsRemoved() {
    // 12 kHz would fold to 4 kHz.
    let output = Self.resampled(Self.sine(12_000, 44_100, 44_100), from: 44_100, to: 16_000)
    let middle = output[1_600..<14_400]
    // -120 dB below the sine of -6 dB.
    #expect(largestDifference(middle, middle.map { _ in 0 }) < 0.5e-6)
  }

  @Test(arguments: [1_000, 7_999, 8_000, 11_025, 16_000, 44_100, 48_000, 96_000, 767_999, 768_000])
  func lengthsFollowTheRule(from: Int) {
    for to in [8_000, 16_000, 22_050, 48_000] where to != from {
      for count in [1, 2, 3, 10, 99, 1_000, 1_001] {
        let output = Self.resampled([Float](repeating: 0.25, count: count), from: from, to: to)
        let expected = (Double(count) * Double(to) / Double(from)).rounded()
        #expect(output.count == Int(expected), "\(count) samples at \(from) Hz to \(to) Hz")
      }
    }
  }

  @Test(arguments: [
    (44_100, 16_000), (8_000, 16_000), (48_000, 8_000), (11_025, 44_100), (44_101, 16_000),
    (16_000, 16_000),
  ]) func piecesDoNotShow(from: Int, to: Int) {
    var generator = TestGenerator()
    let samples = generator.noise(10_000)
    let whole = Self.resampled(samples, from: from, to: to, block: samples.count)
    for block in [1, 7, 160, 4_096] {
      #expect(
        Self.resampled(samples, from: from, to: to, block: block) == whole, "pieces of \(block)")
    }
  }
}

import Glibc
import Testing

@testable import Sound

@Suite struct ClipFactsTests {
  /// 20 frames of 25 ms with powers of 1 to 20 ten-thousandths: two of them, 10%, stay below the
  /// third and 19, 95%, below the twentieth.
  @Test func theNoiseIsTheFrameThatATenthStaysBelow() {
    let samples = (1...20).flatMap { frame in
      [Float](repeating: sqrtf(Float(frame) * 1e-4), count: 200)
    }
    let facts = ClipFacts(samples.reversed(), sampleRate: 8_000)
    #expect(facts.seconds == 0.5)
    #expect(abs(facts.level - 10 * log10(10.5e-4)) < 1e-4)
    #expect(abs(facts.signalToNoise! - 10 * log10(20.0 / 3)) < 1e-4)
  }

  @Test func silenceHasALevelAndNoRatio() {
    let silent = ClipFacts([Float](repeating: 0, count: 8_000), sampleRate: 8_000)
    #expect(silent.level == -120 && silent.signalToNoise == nil)
    // Nine frames are too few to tell.
    #expect(ClipFacts([Float](repeating: 1, count: 1_900), sampleRate: 8_000).signalToNoise == nil)
  }
}

import Glibc
import Testing

@testable import Basics
@testable import Neural
@testable import Recognition

/// Clips whose classes are drawn from a softmax of known temperature.
@Suite struct TemperatureFitTests {
  private func examples(
    _ count: Int, temperature: Float, seed: UInt64 = 1
  ) -> [TemperatureFit.Example] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let logits = (0..<5).map { _ in Float(generator.uniform(-3, 3)) }
      var place = Float(generator.uniform())
      let probabilities = softmax(logits.map { $0 / temperature })
      let target = probabilities.firstIndex { probability in
        place -= probability
        return place < 0
      }
      return TemperatureFit.Example(logits: logits, target: target ?? 4, half: index % 2)
    }
  }

  /// The fit's own deviation with 4,000 clips of this kind is about 1.2%.
  @Test(arguments: [Float(0.5), 1, 2]) func theTemperatureIsFound(temperature: Float) throws {
    let fit = try #require(TemperatureFit(examples(4_000, temperature: temperature)))
    #expect(abs(fit.temperature / temperature - 1) < 0.05)
    #expect(fit.clips == 4_000)
    // Bins of 270 clips have deviations of about 3%.
    #expect(fit.crossedError < 0.04)
    if temperature != 1 { #expect(fit.plainError > 0.05) }
  }

  /// The least loss lies where a fine scan finds it.
  @Test func theLossIsLeast() throws {
    let clips = examples(500, temperature: 0.7)
    let fit = try #require(TemperatureFit(clips))
    let loss = TemperatureFit.meanLoss(clips, temperature: fit.temperature)
    for step in 0..<40 {
      let other = 0.25 * powf(16, Float(step) / 40)
      #expect(TemperatureFit.meanLoss(clips, temperature: other) >= loss - 1e-7)
    }
  }

  @Test func tooFewClipsFitNothing() {
    #expect(TemperatureFit(examples(49, temperature: 1)) == nil)
    let oneSided = examples(200, temperature: 1).map {
      TemperatureFit.Example(logits: $0.logits, target: $0.target, half: 0)
    }
    #expect(TemperatureFit(oneSided) == nil)
    #expect(TemperatureFit([]) == nil)
  }

  /// Clips that are always right ask for ever lower temperatures; the fit stops at its bound.
  @Test func theFitStaysInItsRange() throws {
    let sure = (0..<100).map {
      TemperatureFit.Example(logits: [1, 0], target: 0, half: $0 % 2)
    }
    let fit = try #require(TemperatureFit(sure))
    #expect(TemperatureFit.range.contains(fit.temperature) && fit.temperature < 0.26)
  }
}

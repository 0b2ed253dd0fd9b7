import Glibc
import Testing

@testable import Basics
@testable import Evaluation
@testable import Neural
@testable import Recognition

/// Clips whose classes are drawn from a softmax of known temperature.
@Suite struct TemperatureFitTests {
  /// At the shares of the examples themselves.
  private func held(_ examples: [HeldOutLogits.Example]) -> HeldOutLogits {
    HeldOutLogits(examples, labels: ["a", "b", "c", "d", "e"], prior: ClassPrior())
  }

  private func examples(
    _ count: Int, temperature: Float, seed: UInt64 = 1
  ) -> [HeldOutLogits.Example] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let logits = (0..<5).map { _ in Float(generator.uniform(-3, 3)) }
      var place = Float(generator.uniform())
      let probabilities = softmax(logits.map { $0 / temperature })
      let target = probabilities.firstIndex { probability in
        place -= probability
        return place < 0
      }
      return HeldOutLogits.Example(logits: logits, target: target ?? 4, half: index % 2)
    }
  }

  /// The fit's own deviation with 4,000 clips of this kind is about 1.2%.
  @Test(arguments: [Float(0.5), 1, 2]) func theTemperatureIsFound(temperature: Float) throws {
    let fit = try #require(TemperatureFit(held(examples(4_000, temperature: temperature))))
    #expect(abs(fit.temperature / temperature - 1) < 0.05)
    #expect(fit.clips == 4_000)
    // Bins of 270 clips have deviations of about 3%.
    #expect(fit.crossedError < 0.04)
    if temperature != 1 { #expect(fit.plainError > 0.05) }
  }

  /// A large half is judged by the temperature of a small one that fits it badly.
  @Test(arguments: [0, 1]) func eachHalfIsJudgedByTheOthersTemperature(large: Int) throws {
    let halves = [(4_000, Float(0.5), large), (100, 2, 1 - large)].map { count, temperature, half in
      examples(count, temperature: temperature, seed: UInt64(half)).map {
        HeldOutLogits.Example(logits: $0.logits, target: $0.target, half: half)
      }
    }
    let fit = try #require(TemperatureFit(held(halves[0] + halves[1])))
    // By its own temperature it has an error of less than 0.04, as above.
    #expect(fit.crossedError > 0.08)
  }

  /// The least loss lies where a fine scan finds it.
  @Test func theLossIsLeast() throws {
    let clips = held(examples(500, temperature: 0.7))
    let fit = try #require(TemperatureFit(clips))
    let loss = clips.meanLoss(temperature: fit.temperature)
    for step in 0..<40 {
      let other = 0.25 * powf(16, Float(step) / 40)
      #expect(clips.meanLoss(temperature: other) >= loss - 1e-7)
    }
  }

  @Test func tooFewClipsFitNothing() {
    #expect(TemperatureFit(held(examples(49, temperature: 1))) == nil)
    let oneSided = examples(200, temperature: 1).map {
      HeldOutLogits.Example(logits: $0.logits, target: $0.target, half: 0)
    }
    #expect(TemperatureFit(held(oneSided)) == nil)
    #expect(TemperatureFit(held([])) == nil)
  }

  /// Clips that are always right ask for ever lower temperatures; the fit stops at its bound.
  @Test func theFitStaysInItsRange() throws {
    let sure = (0..<100).map {
      HeldOutLogits.Example(logits: [1, 0], target: 0, half: $0 % 2)
    }
    let fit = try #require(
      TemperatureFit(HeldOutLogits(sure, labels: ["a", "b"], prior: ClassPrior())))
    #expect(TemperatureFit.range.contains(fit.temperature) && fit.temperature < 0.26)
  }

  /// A network that was trained on other shares than the task has: with its prior the logits need no
  /// other temperature, and are as right as a network of the task's own shares.
  @Test func aPriorTurnsTheSharesOfTrainingIntoThoseOfTheTask() throws {
    let labels = ["a", "b", "c"]
    let shares: [Double] = [0.7, 0.2, 0.1]
    var generator = SeededGenerator(seed: 3)
    // Two normal values per clip, around a place of its class; the logits are those of Bayes' rule at
    // the shares of training.
    let places: [(Double, Double)] = [(0, 0), (1.5, 0), (0, 1.5)]
    let examples = (0..<6_000).map { index -> HeldOutLogits.Example in
      let target = index % 3
      let (x, y) = (places[target].0 + generator.normal(), places[target].1 + generator.normal())
      let logits = zip(places, shares).map { place, share in
        let (dx, dy) = (x - place.0, y - place.1)
        return Float(log(share) - (dx * dx + dy * dy) / 2)
      }
      return HeldOutLogits.Example(logits: logits, target: target, half: index / 3 % 2)
    }
    let trained = Dictionary(uniqueKeysWithValues: zip(labels, shares))
    func held(_ target: PriorTarget) -> HeldOutLogits {
      HeldOutLogits(
        examples, labels: labels, prior: ClassPrior(trained: trained, target: target))
    }
    let (equal, plain) = (
      held(.equal), HeldOutLogits(examples, labels: labels, prior: ClassPrior())
    )
    #expect(equal.correct > plain.correct + 300)
    #expect(equal.meanLoss(temperature: 1) < plain.leastLoss - 0.1)
    let fit = try #require(TemperatureFit(equal))
    #expect(abs(fit.temperature - 1) < 0.05 && fit.crossedError < 0.03)
    // Weighted to the shares of training, these logits are right as they are.
    let asTrained = try #require(TemperatureFit(held(.trained)))
    #expect(abs(asTrained.temperature - 1) < 0.05 && asTrained.crossedError < 0.03)
    let misled = try #require(TemperatureFit(plain))
    #expect(misled.plainError > 0.05)
  }

  /// A class weighs as its share says, however many clips it has.
  @Test func clipsWeighByTheSharesOfTheirClasses() {
    let sure = HeldOutLogits.Example(logits: [2, 0], target: 0, half: 0)
    let wrong = HeldOutLogits.Example(logits: [2, 0], target: 1, half: 0)
    func loss(_ examples: [HeldOutLogits.Example], _ target: PriorTarget) -> Double {
      HeldOutLogits(
        examples, labels: ["a", "b"],
        prior: ClassPrior(trained: ["a": 0.5, "b": 0.5], target: target)
      ).meanLoss(temperature: 1)
    }
    let once = loss([sure, wrong], .equal)
    #expect(abs(loss(Array(repeating: sure, count: 9) + [wrong], .equal) - once) < 1e-12)
    #expect(loss([sure, wrong], .shares(["a": 0.9])) < once)
    // A class without clips counts for nothing.
    #expect(loss([sure, sure], .equal) == loss([sure], .equal))
  }
}

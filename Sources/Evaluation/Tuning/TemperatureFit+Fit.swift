import Glibc
import Neural
import Recognition
import Statistics

extension TemperatureFit {
  /// One clip: its logits (C) and the index of its class.
  package struct Example: Sendable {
    package var logits: [Float]
    package var target: Int
    /// The half of the speakers that it belongs to, 0 or 1.
    var half: Int

    package init(logits: [Float], target: Int, half: Int) {
      (self.logits, self.target, self.half) = (logits, target, half)
    }

    /// From the probabilities of a model without a temperature; their logarithms are logits.
    package init(probabilities: [Float], target: Int, half: Int) {
      self.init(
        logits: probabilities.map { logf(max($0, .leastNormalMagnitude)) }, target: target,
        half: half)
    }
  }

  /// With fewer clips than this the temperature stays 1, because the error of the fit would be
  /// larger than its benefit.
  static let fewestClips = 50

  /// Fits on `examples`; nil if there are too few, in all or in one half.
  package init?(_ examples: [Example]) {
    let halves = (0..<2).map { half in examples.filter { $0.half == half } }
    guard examples.count >= Self.fewestClips, halves.allSatisfy({ $0.count >= 10 }) else {
      return nil
    }
    var crossed = Calibration()
    crossed.add(halves[0], temperature: Self.fitted(halves[1]))
    crossed.add(halves[1], temperature: Self.fitted(halves[0]))
    var plain = Calibration()
    plain.add(examples, temperature: 1)
    self.init(
      temperature: Self.fitted(examples), clips: examples.count,
      crossedError: crossed.expectedError ?? 0, plainError: plain.expectedError ?? 0)
  }

  /// The temperature with the lowest mean cross-entropy, by golden-section search over its
  /// logarithm.
  ///
  /// The loss is convex in 1 / temperature, so it has one minimum.
  private static func fitted(_ examples: [Example]) -> Float {
    let ratio: Float = 0.618_034
    var (low, high) = (logf(range.lowerBound), logf(range.upperBound))
    func loss(_ logarithm: Float) -> Double { meanLoss(examples, temperature: expf(logarithm)) }
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (loss(left), loss(right))
    // Twenty steps narrow the range to 1/10,000.
    for _ in 0..<20 {
      if atLeft < atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = loss(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = loss(right)
      }
    }
    return expf((low + high) / 2)
  }

  /// Mean cross-entropy of `examples` at a temperature.
  package static func meanLoss(_ examples: [Example], temperature: Float) -> Double {
    let sum = examples.reduce(0.0) { sum, example in
      let probabilities = softmax(example.logits.map { $0 / temperature })
      return sum - log(Double(max(probabilities[example.target], .leastNormalMagnitude)))
    }
    return sum / Double(max(1, examples.count))
  }
}

extension Calibration {
  fileprivate mutating func add(_ examples: [TemperatureFit.Example], temperature: Float) {
    for example in examples {
      let probabilities = softmax(example.logits.map { $0 / temperature })
      let winner = argmax(probabilities)
      add(confidence: probabilities[winner], isCorrect: winner == example.target)
    }
  }
}

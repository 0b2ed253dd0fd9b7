import Glibc
import Neural

/// The temperature of a model: logits are divided by it, so that probabilities are frequencies
/// (Guo and others 2017).
///
/// It is fitted on the validation clips, and its worth is measured by crossing over: fitted on one
/// half of the speakers, measured on the other, and the reverse.
public struct TemperatureFit: Codable, Equatable, Sendable {
  /// The temperature that all clips ask for.
  public var temperature: Float
  /// How many clips it was fitted on.
  public var clips: Int
  /// Expected calibration error by crossing over two halves of the speakers.
  public var crossedError: Double
  /// Expected calibration error of the same clips at temperature 1.
  public var plainError: Double

  /// What was fitted and how well, for people.
  package var text: String {
    "fitted on \(clips) validation clips; calibration error \(TextCell.percent(crossedError)) by "
      + "crossing over two halves of the speakers, \(TextCell.percent(plainError)) at 1"
  }

  /// What is wrong with the numbers, or nil; they come from a file that anyone may have written.
  var problem: String? {
    let errors = [crossedError, plainError]
    return Self.range.contains(temperature) && clips >= 0 && errors.allSatisfy((0...1).contains)
      ? nil : "a calibration in the training record that makes no sense"
  }

  /// One clip: its logits (C) and the index of its class.
  struct Example: Sendable {
    var logits: [Float]
    var target: Int
    /// Which half of the speakers it belongs to, 0 or 1.
    var half: Int
  }

  /// Fewer clips than this leave the temperature at 1: its own error would be larger than what it
  /// mends.
  static let fewestClips = 50
  /// A fit stays within these; beyond them the clips are too few or too alike.
  static let range: ClosedRange<Float> = 0.25...4

  /// Fits on `examples`; nil where they are too few, in all or in one half.
  init?(_ examples: [Example]) {
    let halves = (0..<2).map { half in examples.filter { $0.half == half } }
    guard examples.count >= Self.fewestClips, halves.allSatisfy({ $0.count >= 10 }) else {
      return nil
    }
    temperature = Self.fitted(examples)
    clips = examples.count
    var crossed = Calibration()
    crossed.add(halves[0], temperature: Self.fitted(halves[1]))
    crossed.add(halves[1], temperature: Self.fitted(halves[0]))
    var plain = Calibration()
    plain.add(examples, temperature: 1)
    crossedError = crossed.expectedError ?? 0
    plainError = plain.expectedError ?? 0
  }

  /// The temperature of least mean cross-entropy, by golden-section search over its logarithm.
  ///
  /// The loss is convex in 1 / temperature, so it has one valley.
  private static func fitted(_ examples: [Example]) -> Float {
    let ratio: Float = 0.618_034
    var (low, high) = (logf(range.lowerBound), logf(range.upperBound))
    func loss(_ logarithm: Float) -> Double { meanLoss(examples, temperature: expf(logarithm)) }
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (loss(left), loss(right))
    // Twenty steps leave a ten thousandth of the range.
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
  static func meanLoss(_ examples: [Example], temperature: Float) -> Double {
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

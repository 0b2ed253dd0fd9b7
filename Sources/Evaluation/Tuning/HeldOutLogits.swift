import Glibc
import Neural
import Recognition
import Statistics

/// The logits of clips that were not trained on, weighted so that their classes have the shares of a
/// prior.
package struct HeldOutLogits: Sendable {
  /// One clip: its logits (C) and the index of its class.
  package struct Example: Sendable {
    package var logits: [Float]
    package var target: Int
    /// The half of the speakers that it belongs to, 0 or 1.
    package var half: Int

    package init(logits: [Float], target: Int, half: Int) {
      (self.logits, self.target, self.half) = (logits, target, half)
    }

    /// From the probabilities of a model without a temperature, whose logarithms less the prior's
    /// offsets are logits.
    package init(probabilities: [Float], offsets: [Float]?, target: Int, half: Int) {
      let logarithms = probabilities.map { logf(max($0, .leastNormalMagnitude)) }
      self.init(
        logits: offsets.map { zip(logarithms, $0).map(-) } ?? logarithms, target: target,
        half: half)
    }
  }

  package let examples: [Example]
  private let offsets: [Float]?
  /// (C): the weight of a clip by its class; the mean over all clips is 1.
  private let weights: [Double]

  /// - Parameters:
  ///   - examples: The clips.
  ///   - labels: (C), the labels of the classes.
  ///   - prior: The prior at which the model answers. If it does not know the shares of training, all
  ///     clips weigh the same.
  package init(_ examples: [Example], labels: [String], prior: ClassPrior) {
    self.examples = examples
    offsets = prior.offsets(labels)
    var counts = [Int](repeating: 0, count: labels.count)
    for example in examples { counts[example.target] += 1 }
    guard let shares = prior.shares(labels) else {
      weights = labels.map { _ in 1 }
      return
    }
    // Classes without clips count for nothing.
    let met = zip(shares, counts).reduce(0.0) { $0 + ($1.1 > 0 ? $1.0 : 0) }
    weights = zip(shares, counts).map { share, count in
      count == 0 ? 0 : share / met * Double(examples.count) / Double(count)
    }
  }

  private init(_ examples: [Example], of whole: HeldOutLogits) {
    (self.examples, offsets, weights) = (examples, whole.offsets, whole.weights)
  }

  /// The clips of one half of the speakers, with the same weights.
  func half(_ half: Int) -> HeldOutLogits {
    HeldOutLogits(examples.filter { $0.half == half }, of: self)
  }

  /// Number of right answers.
  package var correct: Int {
    let scale = PosteriorScale(offsets: offsets)
    return examples.count { argmax(scale.posteriors($0.logits)) == $0.target }
  }

  /// The posteriors of the right answers among the clips of keywords.
  package func rightAnswers(temperature: Float, labels: [String]) -> [Float] {
    let scale = PosteriorScale(temperature: temperature, offsets: offsets)
    return examples.compactMap { example in
      guard ClassLabel.isKeyword(labels[example.target]) else { return nil }
      let posteriors = scale.posteriors(example.logits)
      return argmax(posteriors) == example.target ? posteriors[example.target] : nil
    }
  }

  /// Weighted mean cross-entropy at a temperature.
  package func meanLoss(temperature: Float) -> Double {
    let scale = PosteriorScale(temperature: temperature, offsets: offsets)
    var (sum, total) = (0.0, 0.0)
    for example in examples {
      let posterior = scale.posteriors(example.logits)[example.target]
      sum -= weights[example.target] * log(Double(max(posterior, .leastNormalMagnitude)))
      total += weights[example.target]
    }
    return total > 0 ? sum / total : 0
  }

  /// Weighted mean cross-entropy at the temperature that makes it least, so that sure and unsure
  /// networks can be compared, and a mislabelled clip does not favour unsure ones.
  package var leastLoss: Double { meanLoss(temperature: bestTemperature) }

  /// The temperature with the lowest mean loss, by golden-section search over its logarithm.
  ///
  /// Without offsets the loss is convex in 1 / temperature, so it has one minimum.
  var bestTemperature: Float {
    let ratio: Float = 0.618_034
    let range = TemperatureFit.range
    var (low, high) = (logf(range.lowerBound), logf(range.upperBound))
    func loss(_ logarithm: Float) -> Double { meanLoss(temperature: expf(logarithm)) }
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

  /// Adds the clips at a temperature to weighted bins.
  func add(to bins: inout WeightedCalibration, temperature: Float) {
    let scale = PosteriorScale(temperature: temperature, offsets: offsets)
    for example in examples {
      let posteriors = scale.posteriors(example.logits)
      let winner = argmax(posteriors)
      bins.add(
        confidence: posteriors[winner], isCorrect: winner == example.target,
        weight: weights[example.target])
    }
  }
}

/// `Calibration.expectedError` of clips with weights.
struct WeightedCalibration {
  private var total = 0.0
  /// By bin: the sum of probability less right answers.
  private var distances = [Double](repeating: 0, count: Calibration.usualBins)

  /// Counts a clip by its highest probability.
  mutating func add(confidence: Float, isCorrect: Bool, weight: Double) {
    let bin = Calibration.bin(of: confidence, of: distances.count)
    distances[bin] += weight * (Double(confidence) - (isCorrect ? 1 : 0))
    total += weight
  }

  /// The error; 0 without clips.
  var expectedError: Double { total > 0 ? distances.reduce(0) { $0 + abs($1) } / total : 0 }
}

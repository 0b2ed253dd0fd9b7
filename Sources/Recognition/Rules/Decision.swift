import Neural

/// The rule that turns posteriors into an answer.
public struct Decision: Codable, Equatable, Sendable {
  /// Logits are divided by this before the softmax; 1 changes nothing.
  public var temperature: Float = 1
  /// The shares of the classes that posteriors stand for.
  public var prior = ClassPrior()
  /// If a keyword's posterior is below this, the answer is `_unknown_`; 0 switches it off.
  public var threshold: Float = 0
  /// Thresholds of single keywords, used instead of the general one.
  public var thresholds: [String: Float] = [:]
  /// How the thresholds were chosen, if `kws tune` chose them.
  public var choice: ThresholdChoice?

  /// The threshold of a model without an unknown class, before anything is measured.
  package static let usualThreshold: Float = 0.5

  /// The rule whose answer is the most probable class.
  public init() {}

  /// The posterior that a keyword has to reach.
  public func threshold(of keyword: String) -> Float { thresholds[keyword] ?? threshold }

  /// Whether the likeliest class is the answer: it is no keyword, or reaches its threshold.
  package func accepts(_ label: String, _ probability: Float) -> Bool {
    !ClassLabel.isKeyword(label) || probability >= threshold(of: label)
  }

  /// The answer for a clip.
  ///
  /// - Parameters:
  ///   - probabilities: (C), the posteriors in the order of `labels`.
  ///   - labels: (C), the names of the classes.
  /// - Returns: A label, or `ClassLabel.unknown` if the likeliest keyword is below its threshold.
  public func answer(_ probabilities: [Float], labels: [String]) -> String {
    decide(probabilities, labels: labels).label
  }

  /// The answer for a clip, and the likeliest keyword if it is below its threshold.
  func decide(
    _ probabilities: [Float], labels: [String]
  ) -> (label: String, rejected: Rejection?) {
    let winner = argmax(probabilities)
    let (label, probability) = (labels[winner], probabilities[winner])
    if accepts(label, probability) { return (label, nil) }
    return (
      ClassLabel.unknown,
      Rejection(label: label, probability: probability, threshold: threshold(of: label))
    )
  }
}

import Neural

/// How posteriors become an answer.
public struct Decision: Codable, Equatable, Sendable {
  /// Logits are divided by this before the softmax; 1 leaves them as they are.
  public var temperature: Float = 1
  /// A keyword whose posterior lies below this is answered `_unknown_`; 0 never does.
  public var threshold: Float = 0
  /// Thresholds of single keywords, which stand before the general one.
  public var thresholds: [String: Float] = [:]
  /// How the thresholds were chosen, if by measuring.
  public var choice: ThresholdChoice?

  /// The rule that answers the most probable class.
  public init() {}

  /// The posterior that a keyword has to reach.
  public func threshold(of keyword: String) -> Float { thresholds[keyword] ?? threshold }

  /// The answer for a clip.
  ///
  /// - Parameters:
  ///   - probabilities: (C), the posteriors in the order of `labels`.
  ///   - labels: (C), the names of the classes.
  /// - Returns: a label, or `ClassLabel.unknown` where the winning keyword is not sure enough.
  public func answer(_ probabilities: [Float], labels: [String]) -> String {
    decide(probabilities, labels: labels).label
  }

  /// The answer for a clip, and the keyword that was likeliest and not sure enough, if there is one.
  func decide(
    _ probabilities: [Float], labels: [String]
  ) -> (label: String, rejected: Rejection?) {
    let winner = argmax(probabilities)
    let (label, probability) = (labels[winner], probabilities[winner])
    let least = threshold(of: label)
    guard ClassLabel.isKeyword(label), probability < least else { return (label, nil) }
    return (
      ClassLabel.unknown, Rejection(label: label, probability: probability, threshold: least)
    )
  }
}

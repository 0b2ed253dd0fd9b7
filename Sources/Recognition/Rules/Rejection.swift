import Basics

/// The likeliest keyword of a clip, if it was below its threshold and so not the answer.
public struct Rejection: Codable, Equatable, Sendable {
  /// The keyword.
  public var label: String
  /// Its probability, below `threshold`.
  public var probability: Float
  /// The keyword's threshold.
  public var threshold: Float

  /// Describes why a keyword was not answered.
  public init(label: String, probability: Float, threshold: Float) {
    (self.label, self.probability, self.threshold) = (label, probability, threshold)
  }

  /// The reason as text for people, without the label: "67.2%, below its threshold of 80%".
  ///
  /// With enough digits to distinguish the two numbers, up to six.
  package var reason: String {
    var digits = 1
    func text(_ share: Float) -> String { TextCell.fixed(Double(share) * 100, digits) }
    while digits < 6, text(probability) == text(threshold) { digits += 1 }
    let limit = text(threshold)
    let least = limit.hasSuffix(".0") ? String(limit.dropLast(2)) : limit
    return "\(text(probability))%, below its threshold of \(least)%"
  }
}

import Basics

/// The keyword that seemed likeliest in a clip and was not answered.
public struct Rejection: Codable, Equatable, Sendable {
  /// The keyword.
  public var label: String
  /// Its probability, below `threshold`.
  public var probability: Float
  /// What the probability would have had to reach.
  public var threshold: Float

  /// Describes why a keyword was not answered.
  public init(label: String, probability: Float, threshold: Float) {
    (self.label, self.probability, self.threshold) = (label, probability, threshold)
  }

  /// For people, without the label: "67.2%, below its threshold of 80%".
  ///
  /// As many digits as tell the two numbers apart, up to six.
  package var reason: String {
    var digits = 1
    func text(_ share: Float) -> String { TextCell.fixed(Double(share) * 100, digits) }
    while digits < 6, text(probability) == text(threshold) { digits += 1 }
    let limit = text(threshold)
    let least = limit.hasSuffix(".0") ? String(limit.dropLast(2)) : limit
    return "\(text(probability))%, below its threshold of \(least)%"
  }
}

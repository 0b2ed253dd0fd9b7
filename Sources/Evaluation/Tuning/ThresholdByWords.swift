import Neural
import Recognition

/// A threshold that is chosen by words alone, for a dataset without other words: as high as it can be
/// while it refuses few right answers of speakers that were not trained on.
package struct ThresholdByWords: Sendable {
  /// Keywords less likely than this are answered with unknown.
  package let value: Float
  /// Share of the right answers that it refuses.
  package let refused: Double

  /// Share of the right answers that it may refuse.
  private static let price = 0.03
  /// The threshold lies between these.
  private static let bounds: ClosedRange<Float> = 0.5...0.95

  /// Chooses by clips that were not trained on; nil where no keyword is answered rightly.
  ///
  /// - Parameters:
  ///   - logits: Of the clips.
  ///   - labels: (C), the labels of the classes.
  ///   - temperature: Of the answers.
  package init?(_ logits: HeldOutLogits, labels: [String], temperature: Float) {
    let right = logits.rightAnswers(temperature: temperature, labels: labels).sorted()
    guard !right.isEmpty else { return nil }
    let threshold = right[Int(Self.price * Double(right.count))]
    value = min(max(threshold, Self.bounds.lowerBound), Self.bounds.upperBound)
    refused = Double(right.count { [value] in $0 < value }) / Double(right.count)
  }
}

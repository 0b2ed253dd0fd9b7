import Neural
import Recognition

/// What decides the answer to a clip at any thresholds.
struct HalvedAnswer: Sendable {
  /// The clip's label.
  var label: String
  /// The likeliest class.
  var likeliest: String
  /// Its probability.
  var probability: Float

  init(_ prediction: Prediction, labels: [String]) {
    let index = argmax(prediction.probabilities)
    label = prediction.label
    (likeliest, probability) = (labels[index], prediction.probabilities[index])
  }

  /// Whether the answer is a keyword.
  func isKeyword(by decision: Decision) -> Bool {
    ClassLabel.isKeyword(likeliest) && decision.accepts(likeliest, probability)
  }
}

extension ThresholdChoice.Change {
  /// Clips of keywords that are not answered as what they are; nil without such clips.
  static func misses(
    _ halves: [[HalvedAnswer]], before: Decision, after: [Decision]
  ) -> Self? {
    Self(halves, before, after, of: { ClassLabel.isKeyword($0.label) }) {
      $0.likeliest != $0.label || !$0.isKeyword(by: $1)
    }
  }

  /// Clips of unknown words that are answered as a keyword; nil without such clips.
  static func accepted(
    _ halves: [[HalvedAnswer]], before: Decision, after: [Decision]
  ) -> Self? {
    Self(halves, before, after, of: { $0.label == ClassLabel.unknown }) { $0.isKeyword(by: $1) }
  }

  private init?(
    _ halves: [[HalvedAnswer]], _ before: Decision, _ after: [Decision],
    of isMeant: (HalvedAnswer) -> Bool, _ isWrong: (HalvedAnswer, Decision) -> Bool
  ) {
    self.init(before: 0, after: 0, n: 0)
    for (answers, decision) in zip(halves, after) {
      for answer in answers where isMeant(answer) {
        n += 1
        if isWrong(answer, before) { self.before += 1 }
        if isWrong(answer, decision) { self.after += 1 }
      }
    }
    if n == 0 { return nil }
  }
}

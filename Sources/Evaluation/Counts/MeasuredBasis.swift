/// The clips that the figures are over.
public enum MeasuredBasis: String, Codable, Sendable {
  /// Clips that the model never met; others are counted separately.
  case unseen
  /// All clips, because the model has met every one; the figures are too optimistic.
  case met
}

extension MeasuredBasis {
  /// The basis as text for people, with `n` clips.
  func text(_ n: Int) -> String {
    switch self {
    case .unseen: "over the \(n) clips that the model never met; these were left out:"
    case .met: "over clips that the model has met, so it is too optimistic:"
    }
  }
}

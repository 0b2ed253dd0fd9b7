/// Which clips the figures are over.
public enum MeasuredBasis: String, Codable, Sendable {
  /// Clips that the model never met; those that it met are counted apart.
  case unseen
  /// All: the model met every one of them, so the figures flatter.
  case met
}

extension MeasuredBasis {
  /// Which `n` clips the figures are over, for people.
  func text(_ n: Int) -> String {
    switch self {
    case .unseen: "over the \(n) clips that the model never met; left out are those that it met:"
    case .met: "over clips that the model has met, so it flatters:"
    }
  }
}

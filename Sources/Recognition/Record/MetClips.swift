import Basics
import Statistics

/// How a model does on clips that it has met, by what they were to it.
public struct MetClips: Codable, Equatable, Sendable {
  /// What they were to it.
  public var role: ClipRole
  /// Right answers among them; Wilson's interval.
  public var accuracy: Estimate

  package init(role: ClipRole, accuracy: Estimate) {
    (self.role, self.accuracy) = (role, accuracy)
  }

  /// "trained on: 24 clips, 95.8% right".
  package var text: String {
    "\(role.text): \(accuracy.n) clips, \(TextCell.percent(accuracy.value)) right"
  }
}

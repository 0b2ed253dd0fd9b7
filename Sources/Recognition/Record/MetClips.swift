import Basics
import Statistics

/// The accuracy on clips of one role that the model has met.
public struct MetClips: Codable, Equatable, Sendable {
  /// The role of the clips.
  public var role: ClipRole
  /// Share of right answers, with Wilson's interval.
  public var accuracy: Estimate

  package init(role: ClipRole, accuracy: Estimate) {
    (self.role, self.accuracy) = (role, accuracy)
  }

  /// "trained on: 24 clips, 95.8% right".
  package var text: String {
    "\(role.text): \(counted(accuracy.n, "clip")), \(TextCell.percent(accuracy.value)) right"
  }
}

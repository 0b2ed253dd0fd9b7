/// What a model used a clip for.
///
/// A clip with several roles has the first of them.
public enum ClipRole: String, Codable, CaseIterable, Sendable {
  /// The weights were fitted to it.
  case trained
  /// The epoch was chosen and the temperature fitted on it.
  case selected
  /// The thresholds were chosen on it.
  case thresholds

  /// The role as text for people, used as a heading.
  package var text: String {
    switch self {
    case .trained: "trained on"
    case .selected: "chose the epoch and the temperature (selected on)"
    case .thresholds: "chose the thresholds"
    }
  }

  /// The role as text after a number of clips: "12 clips ...".
  package var verb: String { self == .trained ? "were trained on" : text }
}

/// The clips of one role, as far as the model's file stores them.
public struct ClipRecord: Equatable, Sendable {
  /// The clips.
  public var clips = ClipSet()
  /// More clips, from a model of format 1; inexact.
  package var filter: ClipFilter?
  /// Whether these are all clips; format 1 did not store some.
  public var isComplete = true

  package init(clips: ClipSet = ClipSet(), filter: ClipFilter? = nil, isComplete: Bool = true) {
    (self.clips, self.filter, self.isComplete) = (clips, filter, isComplete)
  }

  /// Whether a clip with this content hash is one of them.
  public func contains(_ contentHash: UInt64) -> Bool {
    clips.contains(contentHash) || filter?.contains(contentHash) == true
  }
}

/// The clips that a model has met, by content, with the role of each.
public struct ClipHistory: Equatable, Sendable {
  /// Clips and noise recordings that the weights were trained on.
  public var trained = ClipRecord()
  /// Clips on which the epoch and the temperature were chosen.
  public var selected = ClipRecord()
  /// Clips on which the thresholds were chosen.
  public var thresholds = ClipRecord()

  /// No clips.
  public init() {}

  /// The clips of one role.
  public subscript(role: ClipRole) -> ClipRecord {
    get {
      switch role {
      case .trained: trained
      case .selected: selected
      case .thresholds: thresholds
      }
    }
    set {
      switch role {
      case .trained: trained = newValue
      case .selected: selected = newValue
      case .thresholds: thresholds = newValue
      }
    }
  }

  /// The role of a clip with this content hash; nil if the model never met it.
  public func role(of contentHash: UInt64) -> ClipRole? {
    ClipRole.allCases.first { self[$0].contains(contentHash) }
  }

  /// Adds the clips that decided the weights of a model that a training starts from or learns from.
  ///
  /// Its thresholds are not kept, so the clips that chose them are not added.
  package mutating func inherit(_ start: ClipHistory) {
    for role in [ClipRole.trained, .selected] {
      self[role].clips = self[role].clips.union(start[role].clips)
      let own = self[role].filter
      // Of two filters only one can be kept.
      let isOneFilter = own == nil || start[role].filter == nil || own == start[role].filter
      self[role].filter = own ?? start[role].filter
      self[role].isComplete =
        self[role].isComplete && start[role].isComplete && isOneFilter
    }
  }
}

/// What a clip was to a model, the gravest first: a clip of several roles has the first of them.
public enum ClipRole: String, Codable, CaseIterable, Sendable {
  /// The weights were fitted to it.
  case trained
  /// It chose the epoch, and the temperature was fitted on it.
  case selected
  /// It chose the thresholds.
  case thresholds

  /// What they were to the model, for people: a heading.
  package var text: String {
    switch self {
    case .trained: "trained on"
    case .selected: "chose the epoch and the temperature (selected on)"
    case .thresholds: "chose the thresholds"
    }
  }

  /// The same behind a number of clips: "12 clips ...".
  package var verb: String { self == .trained ? "were trained on" : text }
}

/// The clips that had one role, as far as the model knows.
public struct ClipRecord: Equatable, Sendable {
  /// The clips.
  public var clips = ClipSet()
  /// Further clips, of a model of format 1: inexact.
  package var filter: ClipFilter?
  /// Whether these are all; a model of format 1 did not store some.
  public var isComplete = true

  package init(clips: ClipSet = ClipSet(), filter: ClipFilter? = nil, isComplete: Bool = true) {
    (self.clips, self.filter, self.isComplete) = (clips, filter, isComplete)
  }

  /// Whether a clip of this content hash is one of them.
  public func contains(_ contentHash: UInt64) -> Bool {
    clips.contains(contentHash) || filter?.contains(contentHash) == true
  }
}

/// Which clips a model has met, by content, and what each was to it.
public struct ClipHistory: Equatable, Sendable {
  /// What the weights were fitted to: clips, and recordings of noise.
  public var trained = ClipRecord()
  /// What chose the epoch and the temperature.
  public var selected = ClipRecord()
  /// What chose the thresholds.
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

  /// What a clip of this content hash was to the model; nil if the model never met it.
  public func role(of contentHash: UInt64) -> ClipRole? {
    ClipRole.allCases.first { self[$0].contains(contentHash) }
  }

  /// Adds what decided the weights of a model that a training starts from.
  ///
  /// Its thresholds are not taken over, so what chose them is not either.
  package mutating func inherit(_ start: ClipHistory) {
    for role in [ClipRole.trained, .selected] {
      self[role].clips = self[role].clips.union(start[role].clips)
      self[role].filter = start[role].filter
      self[role].isComplete = self[role].isComplete && start[role].isComplete
    }
  }
}

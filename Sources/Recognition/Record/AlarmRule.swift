import Basics

/// What counts as one false alarm.
public struct AlarmRule: Codable, Equatable, Sendable {
  /// Length of the windows in which a long recording is heard, in seconds.
  public var windowSeconds: Double
  /// From the start of one window to the start of the next, in seconds.
  public var hopSeconds: Double
  /// Runs that begin at most so long after the one before them ended are one alarm, in seconds.
  public var mergeSeconds = Self.standardMergeSeconds

  package static let standardMergeSeconds = 1.0

  /// The rule for a model's windows.
  public init(_ window: ClipWindow) {
    windowSeconds = window.maximumSeconds
    hopSeconds = window.hopSeconds
  }

  /// In a sentence.
  package var text: String {
    "An alarm is a run of windows (\(TextCell.fixed(windowSeconds, 2)) s, one every "
      + "\(TextCell.fixed(hopSeconds, 2)) s) that answer with a keyword; runs within "
      + "\(TextCell.fixed(mergeSeconds, 0)) s are one."
  }
}

/// A keyword whose posterior rose in a stream without giving an event.
public struct NearMiss: Equatable, Sendable {
  /// Why there was no event.
  public enum Reason: String, Codable, Sendable {
    /// The averaged posterior stayed below the threshold.
    case belowThreshold
    /// It reached the threshold, but another class was likelier.
    case notLikeliest
    /// Too few windows in a row reached the threshold.
    case tooFewWindows
    /// Another event, or its refractory time, was not over.
    case refractory
  }

  /// The keyword.
  public var label: String
  /// The highest averaged posterior of the keyword.
  public var probability: Float
  /// From the start of the first window in which it rose to the end of the last, in seconds of the
  /// stream.
  public var seconds: ClosedRange<Double>
  /// The end of the window in which it fell again, in seconds of the stream.
  public var decided: Double
  /// The most windows in a row that reached the threshold.
  public var windowCount: Int
  /// Why there was no event.
  public var reason: Reason
  /// The averaged posterior at which it would have fired.
  public var threshold: Float
}

/// A result of a window of a stream.
public enum Finding: Equatable, Sendable {
  /// A keyword was recognised.
  case event(Event)
  /// A keyword was nearly recognised.
  case nearMiss(NearMiss)

  /// The event, if it is one.
  public var event: Event? { if case .event(let event) = self { event } else { nil } }
}

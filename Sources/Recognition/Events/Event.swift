/// A keyword that was recognised in a stream of sound.
public struct Event: Equatable, Sendable {
  /// The keyword.
  public var label: String
  /// The highest averaged posterior of the keyword up to the decision.
  public var probability: Float
  /// From the start of its first window to the end of the last one before the decision, in seconds
  /// of the stream.
  public var seconds: ClosedRange<Double>
  /// The end of the window with which it was decided, in seconds of the stream.
  public var decided: Double
  /// Number of its windows up to the decision.
  public var windowCount: Int
}

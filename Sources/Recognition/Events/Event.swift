/// A keyword that was recognised in a stream of sound.
public struct Event: Equatable, Sendable {
  /// The keyword.
  public var label: String
  /// The highest posterior of the keyword.
  public var probability: Float
  /// From the start of the first window that answers with a keyword to the end of the last, in
  /// seconds.
  public var seconds: ClosedRange<Double>
  /// Windows that answer with a keyword.
  public var windowCount: Int
}

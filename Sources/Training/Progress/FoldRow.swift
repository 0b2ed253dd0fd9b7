import Statistics

/// What one fold of a training gave.
public struct FoldRow: Equatable, Sendable {
  /// From 1.
  public var fold: Int
  /// The speakers that were tested; empty if they are not known.
  public var speakers: [String]
  /// Right answers among the fold's clips of words.
  public var words: Estimate
  /// Its clips of other words that were answered with no word; nil without such clips.
  public var others: Estimate?
}

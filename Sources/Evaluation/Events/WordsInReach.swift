import Datasets

/// The words of a recording that something decided at a time may find: those that have begun, and
/// ended at most `tolerance` before.
///
/// Both what finds a word and the peak of a word that was missed follow this rule.
struct WordsInReach: Sendable {
  /// By their end.
  let words: [LabelledWord]
  private let tolerance: Double
  /// The longest word, in seconds.
  private let longest: Double
  /// Words before this one are out of reach from now on.
  private var first = 0

  /// The words of a recording, by their end; `tolerance` in seconds.
  init(_ words: [LabelledWord], tolerance: Double) {
    (self.words, self.tolerance) = (words, tolerance)
    longest = words.map { $0.seconds.upperBound - $0.seconds.lowerBound }.max() ?? 0
  }

  /// The words in reach at `time`, in seconds, as indices in order; no time lies before the last one.
  mutating func indices(at time: Double) -> [Int] {
    while first < words.count, words[first].seconds.upperBound + tolerance < time { first += 1 }
    // Words are in the order of their ends, so after this one none has begun.
    let end =
      words[first...].firstIndex { $0.seconds.upperBound - longest > time } ?? words.count
    return (first..<end).filter { words[$0].seconds.lowerBound <= time }
  }
}

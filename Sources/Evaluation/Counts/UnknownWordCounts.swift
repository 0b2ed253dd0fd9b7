/// Clips of words that are no keywords, by word, and the keywords that they were answered as.
struct UnknownWordCounts: Codable, Equatable, Sendable {
  struct Row: Codable, Equatable, Sendable {
    var clips = 0
    /// Clips by the keyword that was answered.
    var answers: [String: Int] = [:]
  }

  /// Rows by word.
  private(set) var rows: [String: Row] = [:]

  /// Counts one clip of `word`; `keyword` is nil if it was rejected.
  mutating func add(_ word: String, answeredAs keyword: String?) {
    rows[word, default: Row()].clips += 1
    if let keyword { rows[word]!.answers[keyword, default: 0] += 1 }
  }

  func merged(with other: Self) -> Self {
    var sum = self
    for (word, row) in other.rows {
      sum.rows[word, default: Row()].clips += row.clips
      sum.rows[word]!.answers.merge(row.answers, uniquingKeysWith: +)
    }
    return sum
  }

  /// Whether these can be counts of at most `clips` clips that were answered with `keywords`.
  func isSound(clips: Int, keywords: Set<String>) -> Bool {
    CountSum.of(rows.values.map(\.clips), atMost: clips) != nil
      && rows.values.allSatisfy { row in
        row.answers.keys.allSatisfy(keywords.contains)
          && CountSum.of(row.answers.values, atMost: row.clips) != nil
      }
  }
}

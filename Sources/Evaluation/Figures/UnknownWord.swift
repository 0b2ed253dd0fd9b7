/// A word that is no keyword, and how often it was answered with one.
public struct UnknownWord: Codable, Equatable, Sendable {
  /// Clips that were answered with one keyword.
  public struct Answer: Codable, Equatable, Sendable {
    /// The keyword.
    public var label: String
    /// Number of clips.
    public var clips: Int
  }

  /// The word: the name of the clips' folder, or their label in the manifest.
  public var word: String
  /// Number of its clips.
  public var clips: Int
  /// Number of them that were answered with a keyword.
  public var fired: Int
  /// The keywords that were answered, the most frequent first.
  public var answers: [Answer]

  /// The most words that a report lists.
  static let mostInReport = 100

  /// The words of which a clip fired: the most frequent first, then by name.
  static func fired(_ counts: UnknownWordCounts) -> [UnknownWord] {
    let words = counts.rows.filter { !$0.value.answers.isEmpty }.map { word, row in
      UnknownWord(
        word: word, clips: row.clips, fired: row.answers.values.reduce(0, +),
        answers: row.answers.map { Answer(label: $0.key, clips: $0.value) }
          .sorted { ($1.clips, $0.label) < ($0.clips, $1.label) })
    }
    return Array(
      words.sorted { ($1.fired, $0.word) < ($0.fired, $1.word) }.prefix(mostInReport))
  }
}

import Recognition

/// Counts for the curves of one keyword, at every threshold of `ScoreGrid`.
struct KeywordCounts: Codable, Equatable, Sendable {
  /// Clips of the keyword, by the highest threshold that their score reaches.
  private(set) var positives = LevelCounts()
  /// All other clips, in the same way.
  private(set) var negatives = LevelCounts()
  /// Alarms in clips and recordings without any keyword.
  private(set) var alarms = AlarmCount()

  mutating func add(score: Float, isPositive: Bool) {
    let level = ScoreGrid.level(of: score)
    if isPositive { positives.add(1, at: level) } else { negatives.add(1, at: level) }
  }

  mutating func addAudioWithoutKeywords(
    _ scores: [Float], starts: [Double], _ rule: ListeningRule,
    _ conditions: ListeningRule.Conditions
  ) {
    alarms.add(scores, starts: starts, rule, conditions)
  }

  mutating func merge(_ other: KeywordCounts) {
    positives.merge(other.positives)
    negatives.merge(other.negatives)
    alarms.merge(other.alarms)
  }

  /// Number of the keyword's clips and of other clips that reach each threshold.
  var accepted: (positives: [Int], negatives: [Int]) {
    (positives.sumsFromAbove, negatives.sumsFromAbove)
  }
}

/// Everything that the curves of one keyword need, at every threshold of `ScoreGrid`.
struct KeywordCounts: Codable, Equatable, Sendable {
  /// Clips of the keyword by the last threshold that their score reaches.
  private(set) var positives = [Int](repeating: 0, count: ScoreGrid.thresholds.count)
  /// All other clips, likewise.
  private(set) var negatives = [Int](repeating: 0, count: ScoreGrid.thresholds.count)
  /// Alarms in clips and recordings without any keyword.
  private(set) var alarms = AlarmCount()

  mutating func add(score: Float, isPositive: Bool) {
    let level = ScoreGrid.level(of: score)
    if isPositive { positives[level] += 1 } else { negatives[level] += 1 }
  }

  mutating func addAudioWithoutKeywords(_ scores: [Float], starts: [Double]) {
    alarms.add(scores, starts: starts)
  }

  mutating func merge(_ other: KeywordCounts) {
    for level in positives.indices {
      positives[level] += other.positives[level]
      negatives[level] += other.negatives[level]
    }
    alarms.merge(other.alarms)
  }

  /// Clips of the keyword and others that reach each threshold.
  var accepted: (positives: [Int], negatives: [Int]) {
    (Self.sumsFromAbove(positives), Self.sumsFromAbove(negatives))
  }

  private static func sumsFromAbove(_ counts: [Int]) -> [Int] {
    var sum = 0
    return counts.reversed().map { count in
      sum += count
      return sum
    }.reversed()
  }
}

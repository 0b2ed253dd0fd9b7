import Recognition

/// False alarms in audio without keywords, at every threshold of `ScoreGrid`.
///
/// An alarm is a maximal run of windows whose score reaches the threshold; runs that begin at most
/// a second after the one before them ended are the same alarm.
package struct AlarmCount: Codable, Equatable, Sendable {
  /// How much sooner the next run may begin, in seconds from window start to window start.
  static let mergeSeconds = AlarmRule.standardMergeSeconds

  /// Alarms at each threshold.
  private(set) var alarms = LevelCounts()

  /// Counts one recording.
  ///
  /// - Parameters:
  ///   - scores: The keyword's probability in each window.
  ///   - starts: When each window begins, in seconds, rising.
  mutating func add(_ scores: [Float], starts: [Double]) {
    precondition(scores.count == starts.count, "\(scores.count) scores, \(starts.count) starts")
    if scores.isEmpty { return }
    let levels = scores.map(ScoreGrid.level)
    let highest = levels.max()!
    let lowest = levels.min()!
    // Below the least score everything is one run.
    for level in 0...lowest { alarms.add(1, at: level) }
    for level in lowest + 1..<highest + 1 {
      alarms.add(Self.runs(levels, starts, reaching: level), at: level)
    }
  }

  mutating func merge(_ other: AlarmCount) {
    alarms.merge(other.alarms)
  }

  /// Alarms in one recording where windows either answer or do not.
  static func alarms(_ answers: [Bool], starts: [Double]) -> Int {
    precondition(answers.count == starts.count, "\(answers.count) answers, \(starts.count) starts")
    return runs(answers.map { $0 ? 1 : 0 }, starts, reaching: 1)
  }

  private static func runs(_ levels: [Int], _ starts: [Double], reaching level: Int) -> Int {
    var count = 0
    var last: Double?
    for (index, reached) in levels.enumerated() where reached >= level {
      let isNeighbour = index > 0 && levels[index - 1] >= level
      if !isNeighbour, last.map({ starts[index] - $0 > mergeSeconds }) ?? true { count += 1 }
      last = starts[index]
    }
    return count
  }
}

import Recognition

/// False alarms of one keyword by itself in audio without keywords, at every threshold of `ScoreGrid`.
///
/// As `EventDetector` finds them where no other keyword is answered: an alarm is a maximal run of
/// windows whose score reaches the threshold, and a run that begins at most a second after the last
/// window of the one before it is the same alarm.
package struct AlarmCount: Codable, Equatable, Sendable {
  /// The longest pause within an alarm, in seconds from window start to window start.
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

import Recognition

/// False alarms of one keyword alone, in audio without keywords, at every threshold of `ScoreGrid`.
///
/// They are the events that `EventDetector` finds where no other class is in the way.
package struct AlarmCount: Codable, Equatable, Sendable {
  /// Alarms at each threshold.
  private(set) var alarms = LevelCounts()

  /// Counts one recording.
  ///
  /// - Parameters:
  ///   - scores: The keyword's probability in each window.
  ///   - starts: When each window begins, in seconds, rising.
  ///   - rule: How scores are averaged.
  ///   - conditions: What the keyword has to meet; its threshold is that of the grid.
  mutating func add(
    _ scores: [Float], starts: [Double], _ rule: ListeningRule,
    _ conditions: ListeningRule.Conditions
  ) {
    precondition(scores.count == starts.count, "\(scores.count) scores, \(starts.count) starts")
    if scores.isEmpty { return }
    let averaged = rule.averaged(scores)
    let highest = ScoreGrid.level(of: averaged.max()!)
    let lowest = ScoreGrid.level(of: averaged.min()!)
    func count(_ level: Int) -> Int {
      EventDetector.count(averaged, starts: starts, ScoreGrid.thresholds[level], conditions)
    }
    // Below the least score every threshold is reached by all windows.
    let all = count(0)
    for level in 0...lowest { alarms.add(all, at: level) }
    for level in lowest + 1..<highest + 1 { alarms.add(count(level), at: level) }
  }

  mutating func merge(_ other: AlarmCount) {
    alarms.merge(other.alarms)
  }
}

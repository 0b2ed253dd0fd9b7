import Recognition

/// False alarms of one keyword alone, in audio without keywords, at every threshold of `ScoreGrid`.
///
/// An alarm is an event that `EventDetector` finds if there is no other class. Runs of windows are
/// merged by time: a run that reaches the threshold within `refractorySeconds` of an event's last
/// window, from window start to window start, belongs to that event.
package struct AlarmCount: Codable, Equatable, Sendable {
  /// Number of alarms at each threshold.
  private(set) var alarms = LevelCounts()

  /// Counts one recording.
  ///
  /// - Parameters:
  ///   - scores: The keyword's probability in each window.
  ///   - starts: Start of each window, in seconds, in increasing order.
  ///   - rule: The rule, which says how scores are averaged.
  ///   - conditions: The conditions of the keyword, without its threshold, which is the grid's.
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
    // Up to the lowest score, all windows reach the threshold.
    let all = count(0)
    for level in 0...lowest { alarms.add(all, at: level) }
    for level in lowest + 1..<highest + 1 { alarms.add(count(level), at: level) }
  }

  mutating func merge(_ other: AlarmCount) {
    alarms.merge(other.alarms)
  }
}

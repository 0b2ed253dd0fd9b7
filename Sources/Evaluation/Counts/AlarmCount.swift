import Recognition

/// False alarms of one keyword alone, in audio without keywords, at every threshold of `ScoreGrid`.
///
/// An alarm is a maximal run of windows whose score reaches the threshold. Runs are merged by time,
/// as in `EventDetector`: a run belongs to the alarm before it if its first window starts at most
/// `mergeSeconds` (1 s) after the start of that alarm's last window. `EventDetector` gives the same
/// alarms if no other keyword is answered.
package struct AlarmCount: Codable, Equatable, Sendable {
  /// The longest time from the start of an alarm's last window to the start of the next run, in
  /// seconds.
  static let mergeSeconds = AlarmRule.standardMergeSeconds

  /// Number of alarms at each threshold.
  private(set) var alarms = LevelCounts()

  /// Counts one recording.
  ///
  /// - Parameters:
  ///   - scores: The keyword's probability in each window.
  ///   - starts: Start of each window, in seconds, in increasing order.
  mutating func add(_ scores: [Float], starts: [Double]) {
    precondition(scores.count == starts.count, "\(scores.count) scores, \(starts.count) starts")
    if scores.isEmpty { return }
    let levels = scores.map(ScoreGrid.level)
    let highest = levels.max()!
    let lowest = levels.min()!
    // Up to the lowest score, all windows are one run.
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

extension EventDetector {
  /// The number of events of one keyword alone, at one threshold.
  ///
  /// The same number as from `push` and `finish` without other classes, in far less time.
  ///
  /// - Parameters:
  ///   - averaged: The keyword's averaged posterior in each window.
  ///   - starts: Start of each window, in seconds, in increasing order.
  ///   - threshold: The averaged posterior at which the keyword fires.
  ///   - conditions: The other conditions of the keyword.
  /// - Returns: The number of events.
  package static func count(
    _ averaged: [Float], starts: [Double], _ threshold: Float,
    _ conditions: ListeningRule.Conditions
  ) -> Int {
    let release = threshold * conditions.releaseShare
    var (events, run) = (0, 0)
    /// Start of the last window of the current event.
    var last: Double?
    var isHeld = false
    for (value, start) in zip(averaged, starts) {
      run = value >= threshold ? run + 1 : 0
      let fires = run >= conditions.leastWindows
      if let previous = last {
        isHeld = isHeld && value >= release
        if isHeld || fires && start - previous <= conditions.refractorySeconds {
          (last, isHeld) = (start, true)
          continue
        }
        if start - previous <= conditions.refractorySeconds { continue }
        last = nil
      }
      if fires {
        events += 1
        (last, isHeld) = (start, true)
      }
    }
    return events
  }
}

extension ListeningRule {
  /// The posteriors of one keyword in successive windows, averaged.
  package func averaged(_ posteriors: [Float]) -> [Float] {
    var mean = PosteriorMean(of: smoothing)
    return posteriors.map { value in
      mean.push([value])
      return mean.value[0]
    }
  }
}

extension EventDetector {
  /// Events of one keyword by itself at one threshold.
  ///
  /// Gives what `push` and `finish` give where there is no other class, in far less time.
  ///
  /// - Parameters:
  ///   - averaged: The keyword's averaged posterior in each window.
  ///   - starts: When each window begins, in seconds, rising.
  ///   - threshold: What fires.
  ///   - conditions: What else the keyword has to meet.
  /// - Returns: How many there are.
  package static func count(
    _ averaged: [Float], starts: [Double], _ threshold: Float,
    _ conditions: ListeningRule.Conditions
  ) -> Int {
    let release = threshold * conditions.releaseShare
    var (events, run) = (0, 0)
    /// Start of the last window of the event under way.
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

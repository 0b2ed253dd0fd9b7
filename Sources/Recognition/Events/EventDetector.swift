import Neural

/// Turns the posteriors of a stream's windows into events by a `ListeningRule`, window by window.
///
///     var detector = EventDetector(model, near: nil)
///     for window in windows { found += detector.push(window.posteriors, seconds) }
///     found += detector.finish()
///
/// A window gives at most one event. The result does not depend on the pieces in which the sound
/// came.
public struct EventDetector: Sendable {
  /// A keyword with its conditions and its current state.
  private struct Keyword {
    /// Its index among the classes.
    var index: Int
    var threshold: Float
    var release: Float
    var leastWindows: Int
    var refractorySeconds: Double
    /// Windows in a row, up to the newest, that reached the threshold.
    var run = 0
    /// Where the first of them starts, in seconds.
    var runStart = 0.0
    /// Start of the last window of its newest event, in seconds.
    var last = -Double.infinity
  }

  /// An event that is not over.
  private struct Open {
    var event: Event
    /// Its keyword, among `keywords`.
    var place: Int
    /// Start of the last window of the event before of that keyword, in seconds.
    var before: Double
    /// End of the window in which the keyword fired, in seconds.
    var fired: Double
    /// Whether the keyword is held in the newest window.
    var isHeld = true
    /// Whether it was held in every window since it fired.
    var isUnbroken = true
    var isDecided = false
  }

  private let labels: [String]
  private let rule: ListeningRule
  /// (C): from posteriors of the decision's prior to those of the rule's; nil if they are equal.
  private let factors: [Float]?
  private var keywords: [Keyword]
  private var mean: PosteriorMean
  private var open: Open?
  private var nearMisses: NearMissWatch?
  /// The end of the newest window, in seconds.
  private var end = 0.0

  /// (C): the averaged posteriors of the newest window, at the rule's prior; empty before the first.
  public var averaged: [Float] { mean.value }

  /// Makes a detector at the start of a stream.
  ///
  /// - Parameters:
  ///   - rule: The rule for events.
  ///   - decision: The decision, whose thresholds are used if the rule has none.
  ///   - labels: (C), the labels of the classes.
  ///   - near: The averaged posterior from which a keyword without an event is a near miss; nil
  ///     finds no near misses.
  public init(
    _ rule: ListeningRule, _ decision: Decision, labels: [String], near: Float? = nil
  ) {
    (self.rule, self.labels) = (rule, labels)
    factors = rule.factors(decision, labels)
    keywords = labels.indices.filter { ClassLabel.isKeyword(labels[$0]) }.map { index in
      let conditions = rule[labels[index]]
      let threshold = rule.threshold(of: labels[index], decision)
      return Keyword(
        index: index, threshold: threshold, release: threshold * conditions.releaseShare,
        leastWindows: conditions.leastWindows, refractorySeconds: conditions.refractorySeconds)
    }
    mean = PosteriorMean(of: rule.smoothing)
    nearMisses = near.map { NearMissWatch(keywords.count, near: $0) }
  }

  /// Adds the next window.
  ///
  /// - Parameters:
  ///   - posteriors: (C), in the order of the labels, at the decision's prior.
  ///   - seconds: Its start and end; neither may be before that of the window before.
  /// - Returns: At most one event, and the near misses that are over.
  public mutating func push(_ posteriors: [Float], _ seconds: ClosedRange<Double>) -> [Finding] {
    mean.push(scaled(posteriors, by: factors))
    end = seconds.upperBound
    let likeliest = rule.mustBeLikeliest ? argmax(averaged) : nil
    let strongest = strongest(seconds, likeliest)
    var event = extend(with: strongest, seconds, likeliest)
    if open == nil, let strongest, isRested(strongest, seconds) {
      begin(strongest, seconds)
      if rule.settleSeconds == 0 { event = decide() }
    }
    let found = event.map { [Finding.event($0)] } ?? []
    return found + nearMisses(seconds, likeliest)
  }

  /// Ends the stream.
  ///
  /// - Returns: The event that was not decided yet, if there is one, and the last near misses.
  public mutating func finish() -> [Finding] {
    let found = decide().map { [Finding.event($0)] } ?? []
    open = nil
    return found + (nearMisses?.finish().map { nearMiss($0, $1) } ?? [])
  }

  /// Counts the windows in a row of each keyword.
  ///
  /// - Returns: The index in `keywords` of the likeliest keyword that may fire; the first of equal
  ///   ones.
  private mutating func strongest(_ seconds: ClosedRange<Double>, _ likeliest: Int?) -> Int? {
    var strongest: Int?
    for place in keywords.indices {
      let index = keywords[place].index
      guard averaged[index] >= keywords[place].threshold, likeliest ?? index == index else {
        keywords[place].run = 0
        continue
      }
      if keywords[place].run == 0 { keywords[place].runStart = seconds.lowerBound }
      keywords[place].run += 1
      guard keywords[place].run >= keywords[place].leastWindows else { continue }
      if strongest.map({ averaged[index] > averaged[keywords[$0].index] }) ?? true {
        strongest = place
      }
    }
    return strongest
  }

  /// Whether the refractory time of a keyword's newest event is over.
  private func isRested(_ place: Int, _ seconds: ClosedRange<Double>) -> Bool {
    seconds.lowerBound - keywords[place].last > keywords[place].refractorySeconds
  }

  /// Whether a keyword's run of windows began so late that its word is another than the one whose last
  /// window starts at `last`; hours into a stream the same as at its start, where differences of times
  /// round differently.
  private func isAfter(_ last: Double, _ place: Int, _ seconds: ClosedRange<Double>) -> Bool {
    let window = seconds.upperBound - seconds.lowerBound
    return keywords[place].runStart - last
      >= window * ListeningRule.nextWordShare - ListeningRule.nextWordSlack
  }

  /// Begins an event with the window in which a keyword fired.
  private mutating func begin(_ place: Int, _ seconds: ClosedRange<Double>) {
    let before = keywords[place].last
    keywords[place].last = seconds.lowerBound
    let keyword = keywords[place]
    open = Open(
      event: Event(
        label: labels[keyword.index], probability: averaged[keyword.index],
        seconds: keyword.runStart...seconds.upperBound, decided: seconds.upperBound,
        windowCount: keyword.run),
      place: place, before: before, fired: seconds.upperBound)
  }

  /// Continues the current event, or ends it.
  ///
  /// - Returns: The event, if it is decided with this window.
  private mutating func extend(
    with strongest: Int?, _ seconds: ClosedRange<Double>, _ likeliest: Int?
  ) -> Event? {
    guard var current = open else { return nil }
    let keyword = keywords[current.place]
    let isHeld =
      current.isHeld && averaged[keyword.index] >= keyword.release
      && likeliest ?? keyword.index == keyword.index
    let isOver = !isHeld && isRested(current.place, seconds)
    let rival = strongest.flatMap { $0 != current.place && isRested($0, seconds) ? $0 : nil }
    let isNext =
      current.isDecided && !isHeld && rival.map { isAfter(keyword.last, $0, seconds) } ?? false
    if isOver || isNext {
      let event = decide()
      open = nil
      return event
    }
    current.isUnbroken = current.isUnbroken && isHeld
    current.isHeld = isHeld || strongest == current.place
    guard isHeld || strongest == current.place || !current.isDecided && rival != nil else {
      open = current
      // After the release of the keyword the event is decided, unless the rule waits for the end.
      return rule.settleSeconds == nil ? nil : decide()
    }
    if !current.isDecided {
      current.event.seconds = current.event.seconds.lowerBound...seconds.upperBound
      current.event.windowCount += 1
      let place = rival ?? current.place
      let probability = averaged[keywords[place].index]
      if probability > current.event.probability {
        current.event.probability = probability
        // The keyword that is told of is the one that rests.
        keywords[current.place].last = current.before
        (current.place, current.before) = (place, keywords[place].last)
        current.event.label = labels[keywords[place].index]
        (current.isHeld, current.isUnbroken) = (true, true)
      }
    }
    keywords[current.place].last = seconds.lowerBound
    open = current
    guard let settle = rule.settleSeconds, end - current.fired >= settle else { return nil }
    return decide()
  }

  /// Decides the current event; nil if there is none or it was decided before.
  private mutating func decide() -> Event? {
    guard var current = open, !current.isDecided else { return nil }
    current.isDecided = true
    current.event.decided = end
    open = current
    return current.event
  }

  /// The near misses that end with the newest window.
  private mutating func nearMisses(
    _ seconds: ClosedRange<Double>, _ likeliest: Int?
  ) -> [Finding] {
    guard nearMisses != nil else { return [] }
    let underWay = open.flatMap { $0.isUnbroken ? $0.place : nil }
    var found: [Finding] = []
    for place in keywords.indices {
      let keyword = keywords[place]
      let state = NearMissWatch.State(
        probability: averaged[keyword.index], seconds: seconds,
        reachesThreshold: averaged[keyword.index] >= keyword.threshold,
        windowsInARow: keyword.run, mayFire: keyword.run >= keyword.leastWindows,
        isOfEvent: underWay == place)
      if let miss = nearMisses!.push(state, of: place) { found.append(nearMiss(place, miss)) }
    }
    return found
  }

  private func nearMiss(_ place: Int, _ miss: NearMissWatch.Miss) -> Finding {
    .nearMiss(
      NearMiss(
        label: labels[keywords[place].index], probability: miss.probability,
        seconds: miss.seconds, decided: end, windowCount: miss.windowCount, reason: miss.reason,
        threshold: keywords[place].threshold))
  }
}

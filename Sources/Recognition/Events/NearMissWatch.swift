/// Follows each keyword while its averaged posterior is near the threshold, and finds those without
/// an event.
struct NearMissWatch: Sendable {
  /// A keyword in one window.
  struct State {
    var probability: Float
    /// Start and end of the window.
    var seconds: ClosedRange<Double>
    var reachesThreshold: Bool
    /// Windows in a row that reached the threshold, and were the likeliest where they must be.
    var windowsInARow: Int
    /// Whether these are enough to fire.
    var mayFire: Bool
    /// Whether the window belongs to the keyword's own event.
    var isOfEvent: Bool
  }

  /// A near miss without its keyword.
  struct Miss {
    var probability: Float
    var seconds: ClosedRange<Double>
    var windowCount: Int
    var reason: NearMiss.Reason
  }

  /// A keyword whose posterior is near the threshold.
  private struct Rise {
    var probability: Float
    var seconds: ClosedRange<Double>
    var windowCount = 0
    var reached = false
    var mightFire = false
    var isOfEvent = false

    var miss: Miss? {
      if isOfEvent { return nil }
      let reason: NearMiss.Reason =
        if mightFire { .refractory } else if windowCount > 0 { .tooFewWindows } else if reached {
          .notLikeliest
        } else { .belowThreshold }
      return Miss(
        probability: probability, seconds: seconds, windowCount: windowCount, reason: reason)
    }
  }

  private let near: Float
  /// One per keyword; nil while it is not near.
  private var rises: [Rise?]

  /// Makes a watch for `count` keywords; they are near from a posterior of `near` on.
  init(_ count: Int, near: Float) {
    self.near = near
    rises = Array(repeating: nil, count: count)
  }

  /// Adds the next window of a keyword.
  ///
  /// - Returns: The near miss that ends with this window, if any.
  mutating func push(_ state: State, of place: Int) -> Miss? {
    guard state.probability >= near else {
      defer { rises[place] = nil }
      return rises[place]?.miss
    }
    var rise = rises[place] ?? Rise(probability: state.probability, seconds: state.seconds)
    rise.probability = max(rise.probability, state.probability)
    rise.seconds = rise.seconds.lowerBound...state.seconds.upperBound
    rise.windowCount = max(rise.windowCount, state.windowsInARow)
    rise.reached = rise.reached || state.reachesThreshold
    rise.mightFire = rise.mightFire || state.mayFire
    rise.isOfEvent = rise.isOfEvent || state.isOfEvent
    rises[place] = rise
    return nil
  }

  /// Ends the stream: the indices of the keywords that are near, each with its near miss.
  mutating func finish() -> [(place: Int, miss: Miss)] {
    defer { rises = Array(repeating: nil, count: rises.count) }
    return rises.indices.compactMap { place in rises[place]?.miss.map { (place, $0) } }
  }
}

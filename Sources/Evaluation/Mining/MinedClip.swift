import Basics
import SystemPackage

/// A part of a recording in which a keyword fired, or nearly fired, without being said.
public struct MinedClip: Equatable, Sendable {
  /// The recording.
  public var path: FilePath
  /// Its speaker, or its name: what keeps the clips of one together where a rule splits them.
  public var cluster: String
  /// The keyword.
  public var label: String
  /// Its highest averaged posterior.
  public var probability: Float
  /// What it had to reach.
  public var threshold: Float
  /// The part, in seconds of the recording.
  public var seconds: ClosedRange<Double>
  /// `event`, or why it is none.
  public var reason: String

  /// How near it came: 1 and more would fire, or did.
  var nearness: Float { probability / max(threshold, .leastNormalMagnitude) }

  /// The nearest first.
  static func precedes(_ left: Self, _ right: Self) -> Bool {
    let (first, second) = (left.reason == "event", right.reason == "event")
    if first != second { return first }
    if left.nearness != right.nearness { return left.nearness > right.nearness }
    if left.path != right.path { return PathBytes.precedes(left.path.bytes, right.path.bytes) }
    return left.seconds.lowerBound < right.seconds.lowerBound
  }

  /// Whether two parts share more than half of the shorter one.
  func isMuchOf(_ other: Self) -> Bool {
    guard path == other.path else { return false }
    let shared =
      min(seconds.upperBound, other.seconds.upperBound)
      - max(seconds.lowerBound, other.seconds.lowerBound)
    func length(_ clip: Self) -> Double { clip.seconds.upperBound - clip.seconds.lowerBound }
    return shared > min(length(self), length(other)) / 2
  }
}

/// How many frames the front end, or one of its stages, must read after a frame before it can
/// compute that frame.
public enum Lookahead: Equatable, Sendable {
  /// This number of later frames; 0 if each frame is independent.
  case frames(Int)
  /// The whole clip, because of this option's value.
  case wholeClip(option: String, value: String)

  /// The lookahead of two stages in sequence; if both need the whole clip, the first one's option
  /// is named.
  static func + (first: Lookahead, second: Lookahead) -> Lookahead {
    switch (first, second) {
    case (.frames(let one), .frames(let other)): .frames(one + other)
    case (.wholeClip, _): first
    case (.frames, .wholeClip): second
    }
  }
}

/// One stage of the front end.
protocol Stage {
  /// How far the stage reads beyond the frame that it computes.
  var lookahead: Lookahead { get }
}

extension [any Stage] {
  /// The lookahead of all stages in sequence.
  var lookahead: Lookahead { reduce(.frames(0)) { $0 + $1.lookahead } }
}

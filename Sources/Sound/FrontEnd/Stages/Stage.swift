/// How far beyond a frame the front end, or one of its stages, must read before it can give it.
public enum Lookahead: Equatable, Sendable {
  /// So many later frames; 0 where each frame stands by itself.
  case frames(Int)
  /// The whole clip, because an option has this value.
  case wholeClip(option: String, value: String)

  /// What two stages need together, one after the other; of two that need the clip, the first says
  /// why.
  static func + (first: Lookahead, second: Lookahead) -> Lookahead {
    switch (first, second) {
    case (.frames(let one), .frames(let other)): .frames(one + other)
    case (.wholeClip, _): first
    case (.frames, .wholeClip): second
    }
  }
}

/// One stage on the way from samples to features.
protocol Stage {
  /// How far the stage reads beyond the frame that it gives.
  var lookahead: Lookahead { get }
}

extension [any Stage] {
  /// How far all stages together read.
  var lookahead: Lookahead { reduce(.frames(0)) { $0 + $1.lookahead } }
}

import Glibc

/// Scales every clip to the same root mean square.
struct Level: Stage {
  let lookahead: Lookahead
  private let target: Double
  private let least: Double

  /// Nil if the options leave the level unchanged.
  init?(_ options: FrontEndOptions) {
    guard let decibels = options.levelDecibels else { return nil }
    lookahead = .wholeClip(option: "levelDecibels", value: "\(decibels)")
    target = pow(10, decibels / 20)
    least = pow(10, options.levelFloorDecibels / 20)
  }

  /// Factor for a clip of +-1 samples; for silence it is limited by the floor.
  func gain(of samples: [Float]) -> Double {
    var sum = 0.0
    for sample in samples { sum += Double(sample) * Double(sample) }
    let root = (sum / Double(max(1, samples.count))).squareRoot()
    return target / max(root, least)
  }
}

import Glibc

/// The thresholds of all curves.
///
/// They are fixed, so memory does not grow with the clips and parts merge exactly.
///
/// 0, then steps of 1/32 in the logarithm of the odds from -12 to 12, then 1. A curve is exact at
/// each of them; two neighbours differ by at most 0.8% of probability.
enum ScoreGrid {
  /// The thresholds, in increasing order from 0 to 1.
  static let thresholds: [Float] =
    [0] + (-384...384).map { Float(1 / (1 + exp(-Double($0) / 32))) } + [1]

  private static let leastAboveZero = thresholds[1]

  /// The index of the highest threshold that a score reaches.
  static func level(of score: Float) -> Int {
    // With very many classes, nearly all scores are here.
    if score < leastAboveZero { return 0 }
    var (low, high) = (0, thresholds.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if thresholds[middle] <= score { low = middle } else { high = middle }
    }
    return low
  }
}

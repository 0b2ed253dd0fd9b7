import Glibc

/// The thresholds at which curves are counted: memory is the same for a thousand clips and for a
/// million, and parts merge exactly.
///
/// 0, then steps of 1/32 in the logarithm of the odds from -12 to 12, then 1. At each of them a
/// curve is exact; between them lie at most 0.8% of probability.
enum ScoreGrid {
  /// Rising, from 0 to 1.
  static let thresholds: [Float] =
    [0] + (-384...384).map { Float(1 / (1 + exp(-Double($0) / 32))) } + [1]

  private static let leastAboveZero = thresholds[1]

  /// The last threshold that a score reaches.
  static func level(of score: Float) -> Int {
    // Of very many classes nearly all are here.
    if score < leastAboveZero { return 0 }
    var (low, high) = (0, thresholds.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if thresholds[middle] <= score { low = middle } else { high = middle }
    }
    return low
  }
}

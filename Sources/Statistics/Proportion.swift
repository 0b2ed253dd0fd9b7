/// Confidence intervals for a share of independent trials.
public enum Proportion {
  /// Wilson's score interval (Wilson 1927), without continuity correction.
  ///
  /// It lies within 0 and 1, and is not empty for 0 or `trials` successes. It assumes independent
  /// trials: for clips of a few speakers it is too narrow.
  public static func wilson(
    _ successes: Int, of trials: Int, confidence: Double = 0.95
  ) -> ClosedRange<Double> {
    check(successes, trials, confidence)
    let n = Double(trials)
    let share = Double(successes) / n
    let z = SpecialFunctions.normalQuantile(0.5 + confidence / 2)
    let center = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // Exact at the ends, where rounding could leave 1e-17.
    let low = successes == 0 ? 0 : max(0, (center - half) / scale)
    let high = successes == trials ? 1 : min(1, (center + half) / scale)
    return low...high
  }

  /// The exact interval of Clopper and Pearson (1934); its coverage is never below the confidence
  /// level.
  public static func clopperPearson(
    _ successes: Int, of trials: Int, confidence: Double = 0.95
  ) -> ClosedRange<Double> {
    check(successes, trials, confidence)
    let (k, n) = (Double(successes), Double(trials))
    let tail = (1 - confidence) / 2
    // P(X >= k | p) = I_p(k, n - k + 1), DLMF 8.17.5.
    let low =
      successes == 0
      ? 0
      : SpecialFunctions.invert(tail, from: 0, to: 1) { SpecialFunctions.beta($0, k, n - k + 1) }
    let high =
      successes == trials
      ? 1
      : SpecialFunctions.invert(1 - tail, from: 0, to: 1) {
        SpecialFunctions.beta($0, k + 1, n - k)
      }
    return low...high
  }

  static func check(_ successes: Int, _ trials: Int, _ confidence: Double) {
    precondition(
      trials > 0 && (0...trials).contains(successes), "\(successes) successes of \(trials) trials")
    precondition(confidence > 0 && confidence < 1, "confidence \(confidence), expected in 0..<1")
  }
}

import Glibc

/// The alternative hypothesis of a test.
public enum Alternative: Sendable {
  /// A difference in either direction.
  case twoSided
  /// Fewer successes than the hypothesis says.
  case less
  /// More successes than the hypothesis says.
  case greater
}

/// The exact test of a number of successes against a given chance.
public enum BinomialTest {
  /// The chance of a result at least as extreme if the hypothesis is true.
  ///
  /// Two-sided: all results that are not more likely than the observed one, as
  /// `scipy.stats.binomtest` and R's `binom.test` count them.
  public static func pValue(
    _ successes: Int, of trials: Int, chance: Double = 0.5, alternative: Alternative = .twoSided
  ) -> Double {
    precondition((0...max(0, trials)).contains(successes), "\(successes) of \(trials) trials")
    precondition(chance > 0 && chance < 1, "chance \(chance), expected within 0 and 1")
    switch alternative {
    case .less: return atMost(successes, of: trials, chance)
    case .greater: return atLeast(successes, of: trials, chance)
    case .twoSided:
      let seen = logChance(successes, of: trials, chance)
      // Ties are equal in exact arithmetic only; the tolerance is scipy's.
      let limit = seen + log1p(1e-7)
      let expected = chance * Double(trials)
      if Double(successes) < expected {
        let isFarther = { logChance($0, of: trials, chance) <= limit }
        let first = firstIndex(from: Int(expected.rounded(.up)), to: trials, where: isFarther)
        return min(1, atMost(successes, of: trials, chance) + atLeast(first, of: trials, chance))
      }
      if Double(successes) == expected { return 1 }
      let isNearer = { logChance($0, of: trials, chance) > limit }
      let last = firstIndex(from: 0, to: Int(expected), where: isNearer) - 1
      return min(1, atLeast(successes, of: trials, chance) + atMost(last, of: trials, chance))
    }
  }

  /// P(X <= k) = I_(1-p)(n - k, k + 1), DLMF 8.17.5.
  private static func atMost(_ k: Int, of n: Int, _ chance: Double) -> Double {
    if k < 0 { return 0 }
    return k >= n ? 1 : SpecialFunctions.beta(1 - chance, Double(n - k), Double(k + 1))
  }

  /// P(X >= k) = I_p(k, n - k + 1).
  private static func atLeast(_ k: Int, of n: Int, _ chance: Double) -> Double {
    if k > n { return 0 }
    return k <= 0 ? 1 : SpecialFunctions.beta(chance, Double(k), Double(n - k + 1))
  }

  private static func logChance(_ k: Int, of n: Int, _ chance: Double) -> Double {
    let (k, n) = (Double(k), Double(n))
    return SpecialFunctions.logGamma(n + 1) - SpecialFunctions.logGamma(k + 1)
      - SpecialFunctions.logGamma(n - k + 1) + k * log(chance) + (n - k) * log1p(-chance)
  }

  /// The first index in a range from which a condition holds, or the end plus one.
  private static func firstIndex(
    from start: Int, to end: Int, where condition: (Int) -> Bool
  ) -> Int {
    var (low, high) = (start, end + 1)
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// McNemar's test of two models on the same clips, exact (McNemar 1947; binomial with a half).
public enum McNemar {
  /// Tests whether the difference between two models could be chance.
  ///
  /// - Parameters:
  ///   - onlyFirst: Clips that only the first model answers correctly.
  ///   - onlySecond: Clips that only the second model answers correctly.
  ///   - alternative: `.less` asks whether the first has fewer right than the second.
  /// - Returns: The chance of a difference at least as large if neither model is better.
  public static func pValue(
    onlyFirst: Int, onlySecond: Int, alternative: Alternative = .twoSided
  ) -> Double {
    let trials = onlyFirst + onlySecond
    return trials == 0 ? 1 : BinomialTest.pValue(onlyFirst, of: trials, alternative: alternative)
  }
}

import Glibc

/// The distribution functions that the intervals and tests use.
package enum SpecialFunctions {
  /// Regularized incomplete beta function I_x(a, b): the chance that a beta variable is below x.
  ///
  /// Continued fraction DLMF 8.17.22 by Lentz's method, on the side where it converges fast.
  static func beta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "beta shapes \(a) and \(b), expected above 0")
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - beta(1 - x, b, a) }
    let front = exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
    return front * betaFraction(x, a, b) / a
  }

  private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return result
  }

  private static func nonzero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }

  /// The chance that a Poisson variable with this mean is at most `count`.
  ///
  /// The sum of DLMF 8.4.10, from its largest term downwards.
  static func poisson(atMost count: Int, mean: Double) -> Double {
    precondition(count >= 0 && mean >= 0, "Poisson count \(count), mean \(mean)")
    if mean == 0 { return 1 }
    var sum = 0.0
    for k in stride(from: count, through: 0, by: -1) {
      let term = exp(Double(k) * log(mean) - mean - logGamma(Double(k) + 1))
      sum += term
      // Below the mean the terms only fall.
      if Double(k) < mean, term < sum * 1e-17 { break }
    }
    return min(1, sum)
  }

  /// The chance that a standard normal variable is below `z`.
  static func normal(below z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// The standard normal quantile: the value that the variable is below with this chance.
  package static func normalQuantile(_ chance: Double) -> Double {
    invert(chance, from: -40, to: 40) { normal(below: $0) }
  }

  /// The quantile of Student's t with these degrees of freedom, for a chance above 0.5.
  static func studentQuantile(_ chance: Double, degrees: Double) -> Double {
    precondition(chance > 0.5 && chance < 1, "chance \(chance), expected within 0.5 and 1")
    // P(|T| > t) = I_{v/(v+t²)}(v/2, 1/2), DLMF 8.17 and the definition of T.
    return invert(chance, from: 0, to: 1e9) { t in
      1 - beta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
    }
  }

  /// The argument at which a rising function reaches `target`, found by bisection down to
  /// neighbouring numbers.
  static func invert(
    _ target: Double, from low: Double, to high: Double, _ function: (Double) -> Double
  ) -> Double {
    var (low, high) = (low, high)
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if function(middle) < target { low = middle } else { high = middle }
    }
  }

  /// Logarithm of the gamma function; the variant that is safe in several threads.
  static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}

/// Confidence intervals for figures over clips of several speakers.
///
/// Clips of one speaker are not independent, so whole speakers are resampled with replacement
/// (Davison and Hinkley 1997, 3.8).
public enum ClusterBootstrap {
  /// Resamples the rows with replacement and passes the sums of each resample to `body`.
  ///
  /// - Parameters:
  ///   - rows: (clusters, columns), row by row: what is counted in each cluster.
  ///   - columns: Counts in a row.
  ///   - resamples: Number of resamples.
  ///   - generator: The source of random numbers.
  ///   - body: Takes the sums of one resample, (columns).
  public static func resample(
    _ rows: [Int], columns: Int, resamples: Int,
    using generator: inout some RandomNumberGenerator, _ body: ([Int]) -> Void
  ) {
    precondition(columns > 0 && rows.count % columns == 0, "\(rows.count) counts in \(columns)")
    let clusters = rows.count / columns
    var sums = [Int](repeating: 0, count: columns)
    for _ in 0..<resamples {
      for column in 0..<columns { sums[column] = 0 }
      for _ in 0..<clusters {
        let start = draw(of: clusters, using: &generator) * columns
        for column in 0..<columns { sums[column] += rows[start + column] }
      }
      body(sums)
    }
  }

  /// How often each cluster is drawn, for the same draws as in `resample`.
  ///
  /// For very many columns of which each cluster uses few: the sum of a column in a resample is the
  /// sum of its counts times these numbers.
  ///
  /// - Parameters:
  ///   - clusters: Number of clusters, up to 65,535.
  ///   - resamples: Number of resamples.
  ///   - generator: The source of random numbers.
  /// - Returns: (clusters, resamples).
  package static func multiplicities(
    clusters: Int, resamples: Int, using generator: inout some RandomNumberGenerator
  ) -> [UInt16] {
    precondition(clusters <= UInt16.max, "\(clusters) clusters")
    var times = [UInt16](repeating: 0, count: clusters * resamples)
    for resample in 0..<resamples {
      for _ in 0..<clusters {
        times[draw(of: clusters, using: &generator) * resamples + resample] += 1
      }
    }
    return times
  }

  /// One of `count` clusters.
  private static func draw(of count: Int, using generator: inout some RandomNumberGenerator) -> Int
  {
    // The high half of the product is uniform but for one part in 2^64 / count; the standard
    // library's own draw may change with its version.
    Int(generator.next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// The expanded percentile interval (Hesterberg 2015, section 5.3).
  ///
  /// With few clusters the plain percentile interval is too narrow, because a resample's variance
  /// divides by n instead of n - 1, and because the interval assumes a normal distribution instead
  /// of Student's. The tails are therefore made smaller: Φ(-sqrt(n / (n - 1)) t).
  ///
  /// - Parameters:
  ///   - values: The figure of each resample; values that are not a number (a class was not drawn)
  ///     are left out.
  ///   - clusters: Number of clusters, 2 or more.
  ///   - confidence: The confidence level, such as 0.95.
  /// - Returns: The interval, or nil if there is no value.
  public static func interval(
    of values: [Double], clusters: Int, confidence: Double = 0.95
  ) -> ClosedRange<Double>? {
    precondition(clusters >= 2, "\(clusters) clusters, expected 2 or more")
    let sorted = values.filter { !$0.isNaN }.sorted()
    if sorted.isEmpty { return nil }
    let n = Double(clusters)
    let t = SpecialFunctions.studentQuantile(0.5 + confidence / 2, degrees: n - 1)
    let tail = SpecialFunctions.normal(below: -(n / (n - 1)).squareRoot() * t)
    return quantile(sorted, tail)...quantile(sorted, 1 - tail)
  }

  /// A quantile of sorted values with linear interpolation, as NumPy's default.
  package static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let index = min(Int(position), sorted.count - 1)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (position - Double(index)) * (sorted[next] - sorted[index])
  }
}

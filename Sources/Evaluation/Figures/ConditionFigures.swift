import Statistics

/// The figures of a model on the same clips under one condition.
public struct ConditionFigures: Codable, Equatable, Sendable {
  /// The condition, for people; the first of a report is "as recorded".
  public var name: String
  /// Share of right answers; with enough speakers, the interval is a bootstrap over them.
  public var accuracy: Estimate
  /// The difference to the accuracy as recorded, with an interval over the same clips; below 0 the
  /// condition is worse.
  public var change: Estimate
  /// Share of the keywords' clips that were answered with something else.
  public var missed: Estimate
  /// Share of the other clips that were answered with a keyword.
  public var falseAccepts: Estimate

  /// The figures of all conditions.
  static func all(
    _ counts: RobustnessCounts, isBySpeaker: Bool, _ options: EvaluationOptions,
    using generator: inout some RandomNumberGenerator
  ) -> [ConditionFigures] {
    let columns = counts.columns
    let rows = counts.clusters.keys.sorted().flatMap { counts.clusters[$0]! }
    let sums = (0..<columns).map { column in
      stride(from: column, to: rows.count, by: columns).reduce(0) { $0 + rows[$1] }
    }
    let clusters = rows.count / columns
    var draws = [[Double]](repeating: [], count: 2 * counts.names.count)
    if isBySpeaker, clusters >= 2 {
      ClusterBootstrap.resample(
        rows, columns: columns, resamples: options.resamples, using: &generator
      ) { sums in
        for index in counts.names.indices {
          let right = sums[column(index, .correct)]
          draws[2 * index].append(Double(right) / Double(sums[0]))
          draws[2 * index + 1].append(
            Double(right - sums[column(0, .correct)]) / Double(sums[0]))
        }
      }
    }
    func interval(_ draw: Int) -> ClosedRange<Double>? {
      draws[draw].isEmpty
        ? nil
        : ClusterBootstrap.interval(
          of: draws[draw], clusters: clusters, confidence: options.confidence)
    }
    func share(_ part: Int, _ whole: Int, _ wider: ClosedRange<Double>? = nil) -> Estimate {
      guard whole > 0 else { return Estimate(nil, n: 0, note: "no such clips") }
      let wilson = Proportion.wilson(part, of: whole, confidence: options.confidence)
      let hull =
        wider.map {
          min($0.lowerBound, wilson.lowerBound)...max($0.upperBound, wilson.upperBound)
        } ?? wilson
      return Estimate(Double(part) / Double(whole), n: whole, hull)
    }
    let (n, keywords) = (sums.first ?? 0, sums.dropFirst().first ?? 0)
    guard n > 0 else { return [] }
    return counts.names.enumerated().map { index, name in
      let right = sums[column(index, .correct)]
      let difference = Double(right - sums[column(0, .correct)]) / Double(n)
      return ConditionFigures(
        name: name, accuracy: share(right, n, interval(2 * index)),
        change: Estimate(difference, n: n, index == 0 ? nil : interval(2 * index + 1)),
        missed: share(keywords - sums[column(index, .found)], keywords),
        falseAccepts: share(sums[column(index, .accepted)], n - keywords))
    }
  }

  private static func column(_ index: Int, _ column: RobustnessCounts.Column) -> Int {
    2 + index * RobustnessCounts.Column.allCases.count + column.rawValue
  }
}

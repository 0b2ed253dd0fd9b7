/// The errors of a keyword as functions of its threshold.
public struct KeywordCurve: Codable, Equatable, Sendable {
  /// The counts at one threshold; the keyword is answered if its probability reaches it.
  public struct Point: Codable, Equatable, Sendable {
    /// The threshold.
    public var threshold: Float
    /// Number of clips of the keyword below the threshold.
    public var misses: Int
    /// Number of other clips that reach the threshold.
    public var falseAccepts: Int
    /// Number of alarms in audio without keywords.
    public var falseAlarms: Int
  }

  /// The keyword.
  public var label: String
  /// Number of its clips.
  public var positives: Int
  /// Number of other clips.
  public var negatives: Int
  /// Audio without keywords, in hours.
  public var hours: Double
  /// Points in increasing order of the threshold; a point with the same counts as its neighbour is
  /// left out.
  public var points: [Point]
  /// Average precision, as scikit-learn's `average_precision_score`; nil without clips of the
  /// keyword.
  public var averagePrecision: Double?
  /// The rate at which the share of misses equals the share of false accepts; nil without both.
  public var equalErrorRate: Double?

  /// Makes a curve from counts.
  ///
  /// The figures use all thresholds; points are kept at every `step`th one.
  init(_ label: String, _ counts: KeywordCounts, hours: Double, step: Int = 1) {
    self.label = label
    self.hours = hours
    let (reachedPositives, reachedNegatives) = counts.accepted
    let (positives, negatives) = (reachedPositives[0], reachedNegatives[0])
    (self.positives, self.negatives) = (positives, negatives)
    let all = ScoreGrid.thresholds.indices.map { level in
      Point(
        threshold: ScoreGrid.thresholds[level], misses: positives - reachedPositives[level],
        falseAccepts: reachedNegatives[level], falseAlarms: counts.alarms.alarms[level])
    }
    points = Self.different(all)
    averagePrecision = Self.averagePrecision(points, positives)
    equalErrorRate = Self.equalErrorRate(points, positives, negatives)
    if step > 1 {
      points = Self.different(all.indices.filter { $0 % step == 0 }.map { all[$0] })
    }
  }

  /// Of points with equal counts, the one with the highest threshold is kept.
  private static func different(_ points: [Point]) -> [Point] {
    points.indices.filter { index in
      index == points.count - 1 || !areEqual(points[index], points[index + 1])
    }.map { points[$0] }
  }

  private static func areEqual(_ left: Point, _ right: Point) -> Bool {
    left.misses == right.misses && left.falseAccepts == right.falseAccepts
      && left.falseAlarms == right.falseAlarms
  }

  /// Sum of (R[n] - R[n-1]) P[n] from the highest threshold down.
  private static func averagePrecision(_ points: [Point], _ positives: Int) -> Double? {
    if positives == 0 { return nil }
    var sum = 0.0
    var before = 0
    for point in points.reversed() {
      let found = positives - point.misses
      if found > before {
        let precision = Double(found) / Double(found + point.falseAccepts)
        sum += Double(found - before) / Double(positives) * precision
        before = found
      }
    }
    return sum
  }

  /// The rate where the two rates cross, by linear interpolation between thresholds.
  private static func equalErrorRate(
    _ points: [Point], _ positives: Int, _ negatives: Int
  ) -> Double? {
    if positives == 0 || negatives == 0 { return nil }
    var before: (misses: Double, accepts: Double) = (0, 1)
    for point in points {
      let misses = Double(point.misses) / Double(positives)
      let accepts = Double(point.falseAccepts) / Double(negatives)
      if misses >= accepts {
        let gap = before.accepts - before.misses
        let share = gap / (gap + misses - accepts)
        return share.isFinite ? before.misses + share * (misses - before.misses) : misses
      }
      before = (misses, accepts)
    }
    // Above the last threshold, everything is missed and nothing is accepted.
    let gap = before.accepts - before.misses
    return before.misses + gap / (gap + 1) * (1 - before.misses)
  }

  /// The point at a threshold.
  public func point(at threshold: Float) -> Point {
    points.first { $0.threshold >= threshold } ?? points[points.count - 1]
  }
}

import Basics
import Markup
import Statistics

/// The figures at one threshold for all keywords.
struct AlarmRow {
  let threshold: Float
  /// Share of keyword clips whose keyword's probability is below the threshold.
  let missed: Double
  /// Alarms of all keywords together.
  let alarms: Int
  let perHour: Double
  /// One-sided 95% upper bound of the rate, per hour.
  let bound: Double

  init(_ curves: [KeywordCurve], at threshold: Float) {
    let points = curves.map { $0.point(at: threshold) }
    let clips = curves.reduce(0) { $0 + $1.positives }
    self.threshold = threshold
    missed = Double(points.reduce(0) { $0 + $1.misses }) / Double(max(1, clips))
    alarms = points.reduce(0) { $0 + $1.falseAlarms }
    perHour = Double(alarms) / curves[0].hours
    bound = PoissonRate.upperBound(events: alarms, exposure: curves[0].hours)
  }

  /// Rows for thresholds at which something changes, in increasing order; at most about 150.
  static func all(_ curves: [KeywordCurve]) -> [AlarmRow] {
    let levels = ScoreGrid.thresholds.indices.filter { $0 % 5 == 0 }
    return levels.map { AlarmRow(curves, at: ScoreGrid.thresholds[$0]) }
  }

  static func table(_ rows: [AlarmRow]) -> HTML {
    Page.table(
      "False alarms by threshold",
      ["threshold", "missed", "alarms", "per hour", "95% at most"],
      rows.map { row in
        [
          "\(row.threshold)", TextCell.percent(row.missed), "\(row.alarms)",
          TextCell.fixed(row.perHour, 2), TextCell.fixed(row.bound, 2),
        ].map { HTML(text: $0) }
      })
  }
}

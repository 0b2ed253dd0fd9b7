import Basics
import Markup
import Statistics

/// What other thresholds would give: misses against false alarms an hour.
enum EventCurveSection {
  static func render(_ report: EventReport) -> HTML? {
    guard report.hours > 0, report.all.said > 0 else { return nil }
    let keywords = report.keywords.filter { $0.said > 0 }
    let plotted = keywords.count <= ManyClasses.mostPlots ? keywords : []
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text: "The model's rule with one threshold for all keywords, whatever class is likelier. "
            + "Thresholds are chosen on these recordings, so new ones give somewhat more.")),
      plot(report.all, report, width: 480), table(report),
      HTML("div", ["class": "plots"], all: plotted.map { plot($0, report, width: 360) }),
    ])
  }

  private static func table(_ report: EventReport) -> HTML {
    Page.table(
      "Misses by false alarms an hour",
      ["an hour at most", "threshold", "false alarms", "missed", "95%"],
      report.all.atRates.map { row in
        [
          "\(row.perHour)", row.threshold.map { TextCell.fixed(Double($0), 4) } ?? "none",
          "\(row.falseAlarms)", TextCell.percent(row.missed.value),
          row.missed.low.map { "\(TextCell.percent($0)) to \(TextCell.percent(row.missed.high))" }
            ?? "-",
        ].map { HTML(text: $0) }
      })
  }

  private static func plot(
    _ figures: EventReport.Figures, _ report: EventReport, width: Double
  ) -> HTML {
    let least = PoissonRate.upperBound(events: 0, exposure: report.hours)
    let points = figures.curve.map { point in
      (
        rate: Double(point.falseAlarms) / report.hours,
        bound: PoissonRate.upperBound(events: point.falseAlarms, exposure: report.hours),
        missed: Double(figures.said - point.found) / Double(figures.said)
      )
    }
    let floor = min(0.1, least / 4)
    let largest = max(points.map(\.rate).max() ?? 1, least)
    let marks = [0.01, 0.1, 1, 10, 100, 1_000, 10_000].map { rate in
      (rate, rate < 1 ? "\(rate)" : "\(Int(rate))")
    }
    let name = figures.label.map(TextCell.visible) ?? "all keywords"
    let own = (figures.falseAlarmsPerHour, figures.missed.value ?? 0)
    return Plot(
      title: "\(name): misses against false alarms an hour",
      description: "Grey: 95% upper bound of the rate. The dot is the model's own rule.",
      x: PlotAxis(
        "false alarms an hour", floor...max(largest * 1.5, floor * 10), scale: .logarithm,
        marks: marks),
      y: .share("missed"),
      marks: [
        .reference(points.map { ($0.bound, $0.missed) }),
        .line(points.map { ($0.rate, $0.missed) }, color: 3, name: name),
        .dot(
          x: own.0, y: own.1, color: 4,
          text: "the model's own rule: \(TextCell.fixed(own.0, 2)) an hour, missed "
            + TextCell.percent(own.1)),
      ], width: width
    ).render()
  }
}

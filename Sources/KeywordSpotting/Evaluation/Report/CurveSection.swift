/// What thresholds would do: error trade-off, precision and recall, and false alarms per hour.
enum CurveSection {
  static func render(_ report: EvaluationReport) -> HTML? {
    guard let curves = report.keywords, !curves.isEmpty else { return nil }
    var pieces: [HTML] = [
      HTML(
        "p", [:],
        HTML(
          text: "A keyword is answered where its probability reaches a threshold. A higher "
            + "threshold rejects more of what was meant and accepts less of what was not.")),
      table(curves),
    ]
    if curves[0].hours > 0 { pieces += [HTML("h3", [:], "False alarms per hour"), alarms(curves)] }
    pieces.append(HTML("h3", [:], "Each keyword against all other clips"))
    pieces.append(
      HTML(
        "div", ["class": "plots"],
        all: curves.flatMap { [tradeOff($0, among: curves), precision($0)] }))
    return HTML(pieces)
  }

  private static func table(_ curves: [KeywordCurve]) -> HTML {
    let names = [
      "keyword", "clips", "other clips", "equal error rate", "average precision",
      "missed at 1% false accepts",
    ]
    let rows = curves.map { curve in
      HTML(
        "tr", [:], HTML("th", ["scope": "row"], HTML.name(curve.label)),
        HTML("td", [:], HTML(text: "\(curve.positives)")),
        HTML("td", [:], HTML(text: "\(curve.negatives)")),
        HTML("td", [:], HTML(text: TextCell.percent(curve.equalErrorRate))),
        HTML(
          "td", [:],
          HTML(text: curve.averagePrecision.map { TextCell.fixed($0, 3) } ?? "-")),
        HTML("td", [:], HTML(text: TextCell.percent(missed(curve, accepting: 0.01)))))
    }
    return Page.scroller(
      "Figures by keyword",
      HTML(
        "table", ["class": "figures"],
        HTML(
          "thead", [:],
          HTML("tr", [:], all: names.map { HTML("th", ["scope": "col"], HTML(text: $0)) })),
        HTML("tbody", [:], all: rows)))
  }

  /// The share of misses at the lowest threshold that accepts no more than this share of others.
  private static func missed(_ curve: KeywordCurve, accepting share: Double) -> Double? {
    if curve.negatives == 0 { return nil }
    let point = curve.points.first {
      Double($0.falseAccepts) <= share * Double(curve.negatives)
    }
    return point.map { Double($0.misses) / Double(curve.positives) } ?? 1
  }

  private static func tradeOff(_ curve: KeywordCurve, among curves: [KeywordCurve]) -> HTML {
    func line(_ curve: KeywordCurve) -> [(x: Double, y: Double)] {
      curve.points.map {
        (
          x: Double($0.falseAccepts) / Double(max(1, curve.negatives)),
          y: Double($0.misses) / Double(curve.positives)
        )
      }
    }
    let others = curves.filter { $0.label != curve.label }.prefix(40).map(line)
    return Plot(
      title: "\(TextCell.visible(curve.label)): detection error trade-off",
      description:
        "Equal error rate \(TextCell.percent(curve.equalErrorRate)). Grey: other keywords.",
      x: .errorRate("false accepts (share of other clips)"), y: .errorRate("false rejects"),
      marks: others.map(Plot.Mark.reference)
        + [.line(line(curve), color: 1, name: curve.label)]
    ).render()
  }

  private static func precision(_ curve: KeywordCurve) -> HTML {
    let points = curve.points.compactMap { point -> (x: Double, y: Double)? in
      let found = curve.positives - point.misses
      let answers = found + point.falseAccepts
      if answers == 0 { return nil }
      return (Double(found) / Double(curve.positives), Double(found) / Double(answers))
    }
    return Plot(
      title: "\(TextCell.visible(curve.label)): precision and recall",
      description: "Average precision "
        + (curve.averagePrecision.map { TextCell.fixed($0, 3) } ?? "unknown"),
      x: .share("recall"), y: .share("precision"),
      marks: [.line(points, color: 2, name: curve.label)]
    ).render()
  }

  private static func alarms(_ curves: [KeywordCurve]) -> HTML {
    let rows = AlarmRow.all(curves)
    let hours = curves[0].hours
    let least = PoissonRate.upperBound(events: 0, exposure: hours)
    let largest = max(rows.map(\.perHour).max() ?? 1, least)
    let floor = min(0.1, least / 4)
    let marks = [0.01, 0.1, 1, 10, 100, 1_000, 10_000].map { rate in
      (rate, rate < 1 ? "\(rate)" : "\(Int(rate))")
    }
    let axis = PlotAxis(
      "false alarms per hour, all keywords", floor...max(largest * 1.5, floor * 10),
      scale: .logarithm, marks: marks)
    let plot = Plot(
      title: "Missed keywords against false alarms per hour",
      description: "One threshold for all keywords. Grey: 95% upper bound of the rate.",
      x: axis, y: .share("false rejects (share of keyword clips)"),
      marks: [
        .reference(rows.map { ($0.bound, $0.missed) }),
        .line(rows.map { ($0.perHour, $0.missed) }, color: 3, name: "all keywords"),
      ], width: 480)
    let shown = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999].map { AlarmRow(curves, at: $0) }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text: "Alarms in \(TextCell.fixed(hours * 60, 1)) minutes of audio without "
            + "keywords, as if one threshold held for all of them. An alarm is a run of windows at "
            + "or above the threshold; runs within a second are one. Even no alarm in this time "
            + "proves no rate below \(TextCell.fixed(least, 2)) per hour (95%, Poisson).")),
      plot.render(), AlarmRow.table(shown),
    ])
  }
}

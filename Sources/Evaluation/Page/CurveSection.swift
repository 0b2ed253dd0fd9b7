import Basics
import Markup
import Statistics

/// The effect of thresholds: error trade-off, precision and recall, and false alarms per hour.
enum CurveSection {
  static func render(_ report: EvaluationReport) -> HTML? {
    let all = report.keywords ?? []
    let curves = all.filter { $0.positives > 0 }
    if curves.isEmpty { return report.alarms.map(Self.ownAlarms) }
    var pieces: [HTML] = []
    if let alarms = report.alarms {
      pieces += [
        HTML("h3", [:], "False alarms per hour"), ownAlarms(alarms), self.alarms(all),
        HTML("h3", [:], "Keywords"),
      ]
    }
    let worst = order(curves)
    let rest = worst.dropFirst(mostRows)
    pieces += [
      HTML(
        "p", [:],
        HTML(
          text: "A keyword is answered where its probability reaches a threshold. A higher "
            + "threshold rejects more of what was meant and accepts less of what was not.")),
      table(rest.isEmpty ? curves : Array(worst.prefix(mostRows))),
    ]
    if !rest.isEmpty {
      pieces.append(Page.details("\(rest.count) more keywords", table(Array(rest))))
    }
    let plotted = plotted(curves)
    pieces.append(
      Page.details(
        plotted.count == curves.count
          ? "Curves of each keyword against all other clips"
          : "Curves of the \(plotted.count) worst of \(curves.count) keywords against all other clips",
        HTML(
          "div", ["class": "plots"],
          all: plotted.flatMap { [tradeOff($0, among: plotted), precision($0)] })))
    return HTML(pieces)
  }

  /// Keywords in the table; the others are to open.
  private static let mostRows = 15

  /// The keywords with the highest equal error rate first.
  private static func order(_ curves: [KeywordCurve]) -> [KeywordCurve] {
    let order = curves.indices.sorted {
      (-(curves[$0].equalErrorRate ?? 0), $0) < (-(curves[$1].equalErrorRate ?? 0), $1)
    }
    return order.map { curves[$0] }
  }

  /// The keywords with plots: all, or the worst of very many, in the model's order.
  private static func plotted(_ curves: [KeywordCurve]) -> [KeywordCurve] {
    if curves.count <= ManyClasses.mostPlots { return curves }
    let worst = Set(order(curves).prefix(ManyClasses.mostPlots).map(\.label))
    return curves.filter { worst.contains($0.label) }
  }

  private static func table(_ curves: [KeywordCurve]) -> HTML {
    Page.table(
      "Figures by keyword",
      [
        "keyword", "clips", "other clips", "equal error rate", "average precision",
        "missed at 1% false accepts",
      ],
      curves.map { curve in
        [
          HTML.name(curve.label), HTML(text: "\(curve.positives)"),
          HTML(text: "\(curve.negatives)"), HTML(text: TextCell.percent(curve.equalErrorRate)),
          HTML(text: curve.averagePrecision.map { TextCell.fixed($0, 3) } ?? "-"),
          HTML(text: TextCell.percent(missed(curve, accepting: 0.01))),
        ]
      })
  }

  /// Alarms with the model's own thresholds.
  private static func ownAlarms(_ alarms: AlarmFigures) -> HTML {
    let loud = alarms.keywords.filter { $0.alarms > 0 }.sorted {
      ($1.alarms, $0.label) < ($0.alarms, $1.label)
    }
    var pieces = [
      HTML(
        "p", [:], HTML("strong", [:], "With the model's own thresholds: "),
        HTML(text: "\(alarms.text). \(alarms.rule.text)"))
    ]
    if !loud.isEmpty {
      let names = loud.prefix(10).enumerated().flatMap { index, keyword in
        [
          HTML(text: index == 0 ? "Alarms by keyword: " : ", "), HTML.name(keyword.label),
          HTML(text: " \(keyword.alarms)"),
        ]
      }
      pieces.append(HTML("p", [:], all: names))
    }
    if !alarms.skipped.isEmpty {
      pieces.append(
        HTML(
          "p", [:],
          HTML(text: "\(alarms.skipped.count) recordings could not be read, the first: "),
          HTML.name(alarms.skipped[0].reason)))
    }
    return HTML(pieces)
  }

  /// The share of misses at the lowest threshold whose share of false accepts is at most `share`.
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
          text:
            "As if one threshold held for all keywords, and a keyword were answered wherever it "
            + "reaches it. Even no alarm in this time proves no rate below "
            + "\(TextCell.fixed(least, 2)) per hour (95%, Poisson).")),
      HTML("div", ["class": "columns"], plot.render(), AlarmRow.table(shown)),
    ])
  }
}

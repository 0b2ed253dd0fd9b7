/// Recall, precision and F1 of each class, with intervals.
enum ClassSection {
  static func render(_ report: EvaluationReport) -> HTML {
    let percent = TextCell.fixed(report.interval.confidence * 100, 0)
    let heads = ["class", "clips", "answers", "recall", "precision", "F1"].map {
      HTML("th", ["scope": "col"], HTML(text: $0))
    }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text:
            "Recall: share of the class's clips that were answered with it. Precision: share of "
            + "its answers that were right. In small print the \(percent)% interval.")),
      Page.scroller(
        "Figures by class",
        HTML(
          "table", ["class": "figures"], HTML("thead", [:], HTML("tr", [:], all: heads)),
          HTML("tbody", [:], all: report.classes.map(row)))),
    ])
  }

  private static func row(_ figures: EvaluationReport.ClassFigures) -> HTML {
    HTML(
      "tr", [:], HTML("th", ["scope": "row"], HTML.name(figures.label)),
      HTML("td", [:], HTML(text: "\(figures.support)")),
      HTML("td", [:], HTML(text: "\(figures.answers)")), estimate(figures.recall),
      estimate(figures.precision), estimate(figures.f1))
  }

  /// A share with its interval, or why there is none.
  static func estimate(_ estimate: Estimate) -> HTML {
    guard let value = estimate.value else {
      return HTML("td", [:], HTML("small", [:], HTML(text: estimate.note ?? "no figure")))
    }
    var pieces = [HTML(text: TextCell.percent(value))]
    if let low = estimate.low, let high = estimate.high {
      let ends = [low, high].map { TextCell.fixed($0 * 100, 1) }
      pieces.append(HTML("small", [:], HTML(text: "\(ends[0]) to \(ends[1])")))
    }
    return HTML("td", [:], all: pieces)
  }
}

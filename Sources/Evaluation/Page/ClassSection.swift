import Basics
import Markup
import Statistics

/// Recall, precision and F1 of each class, with intervals.
enum ClassSection {
  static func render(_ report: EvaluationReport) -> HTML {
    let percent = TextCell.fixed(report.interval.confidence * 100, 0)
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text:
            "Recall: share of the class's clips that were answered with it. Precision: share of "
            + "its answers that were right. In small print the \(percent)% interval.")),
      Page.table(
        "Figures by class", ["class", "clips", "answers", "recall", "precision", "F1"],
        report.classes.map { figures in
          [
            HTML.name(figures.label), HTML(text: "\(figures.support)"),
            HTML(text: "\(figures.answers)"), estimate(figures.recall),
            estimate(figures.precision), estimate(figures.f1),
          ]
        }),
    ])
  }

  /// A share with its interval, or the note that says why there is none.
  static func estimate(_ estimate: Estimate) -> HTML {
    guard let value = estimate.value else {
      return HTML("small", [:], HTML(text: estimate.note ?? "no figure"))
    }
    var pieces = [HTML(text: TextCell.percent(value))]
    if let low = estimate.low, let high = estimate.high {
      let ends = [low, high].map { TextCell.fixed($0 * 100, 1) }
      pieces.append(HTML("small", [:], HTML(text: "\(ends[0]) to \(ends[1])")))
    }
    return HTML(pieces)
  }
}

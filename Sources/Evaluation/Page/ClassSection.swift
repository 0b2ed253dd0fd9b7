import Basics
import Markup
import Statistics

/// Recall, precision and F1 of each class, with intervals.
enum ClassSection {
  /// Of more classes, the weakest stand first, and the others are to open.
  private static let mostShown = 16

  static func render(_ report: EvaluationReport) -> HTML {
    let percent = TextCell.fixed(report.interval.confidence * 100, 0)
    let isLong = report.classes.count > mostShown
    let order =
      isLong
      ? report.classes.sorted { ($0.recall.high ?? 2, $0.label) < ($1.recall.high ?? 2, $1.label) }
      : report.classes
    let (shown, rest) = (Array(order.prefix(mostShown)), order.dropFirst(mostShown))
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text:
            "Recall: share of the class's clips that were answered with it. Precision: share of "
            + "its answers that were right. In small print the \(percent)% interval."
            + (isLong ? " The weakest classes come first." : ""))),
      table("Figures by class", shown),
      rest.isEmpty
        ? "" : Page.details("\(rest.count) more classes", table("More classes", Array(rest))),
    ])
  }

  private static func table(
    _ name: String, _ classes: [EvaluationReport.ClassFigures]
  ) -> HTML {
    Page.table(
      name, ["class", "clips", "answers", "recall", "precision", "F1"],
      classes.map { figures in
        [
          HTML.name(figures.label), HTML(text: "\(figures.support)"),
          HTML(text: "\(figures.answers)"), share(figures.recall), share(figures.precision),
          figures.support < Verdict.fewestClips ? "-" : estimate(figures.f1),
        ]
      })
  }

  /// A share of clips with its interval; of few clips only their number, as a percentage would be
  /// taken for a finding.
  static func share(_ share: Estimate) -> HTML {
    guard let value = share.value, share.n < Verdict.fewestClips else { return estimate(share) }
    return HTML([
      HTML(text: "\(Int((value * Double(share.n)).rounded())) of \(share.n)"),
      HTML("small", [:], "too few to tell"),
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

import Basics
import Markup

/// The confusion matrix, with confused classes next to each other.
enum ConfusionSection {
  static func render(_ report: EvaluationReport) -> HTML? {
    if report.evaluated == 0 { return nil }
    guard let confusion = report.confusion, confusion.count <= ManyClasses.mostForPeople else {
      return mostFrequent(report)
    }
    let order = ConfusionOrder.order(confusion)
    let heads = order.map { index in
      HTML("th", ["scope": "col"], HTML("span", [:], HTML.name(report.classes[index].label)))
    }
    let rows = order.map { label in row(report, confusion[label], label, order) }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text:
            "Rows are labels, columns are answers: clips, and below them the share of "
            + "the row. Classes that are often confused are next to each other.")),
      Page.scroller(
        "Confusion matrix",
        HTML(
          "table", ["class": "confusion"],
          HTML(
            "thead", [:],
            HTML(
              "tr", [:],
              all: [HTML("th", ["scope": "col"], "label \\ answer")] + heads + [
                HTML("th", ["scope": "col"], "clips")
              ])),
          HTML("tbody", [:], all: rows))),
    ])
  }

  /// The content of the section if there are too many classes for a matrix.
  private static func mostFrequent(_ report: EvaluationReport) -> HTML {
    let confusions = report.confusions
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text: "\(report.classes.count) classes are too many for a matrix on a page; the "
            + "confusions that were most frequent, of \(confusions.count) (confusion.csv has all).")
      ),
      Page.table(
        "Most frequent confusions", ["label", "answer", "clips", "of the class's clips"],
        confusions.prefix(100).map { pair in
          let label = report.classes[pair.label]
          return [
            HTML.name(label.label), HTML.name(report.classes[pair.answer].label),
            HTML(text: "\(pair.count)"),
            HTML(text: TextCell.percent(Double(pair.count) / Double(label.support))),
          ]
        }, style: "figures names"),
    ])
  }

  private static func row(
    _ report: EvaluationReport, _ counts: [Int], _ label: Int, _ order: [Int]
  ) -> HTML {
    let support = report.classes[label].support
    let cells = order.map { answer -> HTML in
      let count = counts[answer]
      if count == 0 { return HTML("td", ["class": "zero"], "·") }
      let share = Double(count) / Double(support)
      // Eight steps of shade; the lightest is still visible.
      let shade = min(8, 1 + Int(share * (label == answer ? 8 : 24)))
      return HTML(
        "td", ["class": "\(label == answer ? "right" : "wrong") s\(shade)"], HTML(text: "\(count)"),
        HTML("small", [:], HTML(text: TextCell.fixed(share * 100, 0) + "%")))
    }
    return HTML(
      "tr", [:],
      all: [HTML("th", ["scope": "row"], HTML.name(report.classes[label].label))] + cells + [
        HTML("td", ["class": "sum"], HTML(text: "\(support)"))
      ])
  }
}

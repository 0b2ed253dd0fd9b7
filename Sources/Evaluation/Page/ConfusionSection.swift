import Basics
import Markup

/// The confusion matrix, with confused classes next to each other.
enum ConfusionSection {
  /// Most classes whose matrix is seen at once; larger ones are to open.
  private static let mostSeen = 20
  /// Rows of confusions that are seen.
  private static let mostPairs = 12

  static func render(_ report: EvaluationReport) -> HTML? {
    if report.evaluated == 0 { return nil }
    guard let confusion = report.confusion, confusion.count <= ManyClasses.mostForPeople else {
      return mostFrequent(
        report,
        "\(report.classes.count) classes are too many for a matrix on a page; the confusions that were "
          + "most frequent, of \(report.confusions.count) (confusion.csv has all).")
    }
    let matrix = matrix(report, confusion)
    if confusion.count <= mostSeen { return matrix }
    return HTML([
      mostFrequent(report, "The most frequent of \(report.confusions.count) confusions."),
      Page.details("The matrix of all \(confusion.count) classes", matrix),
    ])
  }

  private static func matrix(_ report: EvaluationReport, _ confusion: [[Int]]) -> HTML {
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
        "Confusion matrix", isWide: order.count > 4,
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

  /// The confusions that occur most.
  private static func mostFrequent(_ report: EvaluationReport, _ text: String) -> HTML {
    let confusions = Array(report.confusions.prefix(100))
    return HTML([
      HTML("p", [:], HTML(text: text)),
      Page.firsts(of: confusions, seen: mostPairs, others: "more confusions") { table(report, $0) },
    ])
  }

  private static func table(
    _ report: EvaluationReport, _ confusions: ArraySlice<ConfusionMatrix.Cell>
  ) -> HTML {
    Page.table(
      "Most frequent confusions", ["label", "answer", "clips", "of the class's clips"],
      confusions.map { pair in
        let label = report.classes[pair.label]
        return [
          HTML.name(label.label), HTML.name(report.classes[pair.answer].label),
          HTML(text: "\(pair.count)"),
          HTML(text: TextCell.percent(Double(pair.count) / Double(label.support))),
        ]
      }, style: "figures names")
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

import Basics
import Markup

/// The confusion matrix, with classes that are taken for each other side by side.
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
    let rows = order.map { said in row(report, confusion[said], said, order) }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text:
            "Rows are what was said, columns what was heard: clips, and below them the share of "
            + "the row. Classes that are taken for each other stand side by side.")),
      Page.scroller(
        "Confusion matrix",
        HTML(
          "table", ["class": "confusion"],
          HTML(
            "thead", [:],
            HTML(
              "tr", [:],
              all: [HTML("th", ["scope": "col"], "said \\ heard")] + heads + [
                HTML("th", ["scope": "col"], "clips")
              ])),
          HTML("tbody", [:], all: rows))),
    ])
  }

  /// What a page holds instead of a matrix of too many classes.
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
        "Most frequent confusions", ["said", "heard", "clips", "of the class's clips"],
        confusions.prefix(100).map { pair in
          let said = report.classes[pair.said]
          return [
            HTML.name(said.label), HTML.name(report.classes[pair.heard].label),
            HTML(text: "\(pair.count)"),
            HTML(text: TextCell.percent(Double(pair.count) / Double(said.support))),
          ]
        }, style: "figures names"),
    ])
  }

  private static func row(
    _ report: EvaluationReport, _ counts: [Int], _ said: Int, _ order: [Int]
  ) -> HTML {
    let support = report.classes[said].support
    let cells = order.map { heard -> HTML in
      let count = counts[heard]
      if count == 0 { return HTML("td", ["class": "zero"], "·") }
      let share = Double(count) / Double(support)
      // Eight steps of shade; the least of them is still seen.
      let shade = min(8, 1 + Int(share * (said == heard ? 8 : 24)))
      return HTML(
        "td", ["class": "\(said == heard ? "right" : "wrong") s\(shade)"], HTML(text: "\(count)"),
        HTML("small", [:], HTML(text: TextCell.fixed(share * 100, 0) + "%")))
    }
    return HTML(
      "tr", [:],
      all: [HTML("th", ["scope": "row"], HTML.name(report.classes[said].label))] + cells + [
        HTML("td", ["class": "sum"], HTML(text: "\(support)"))
      ])
  }
}

import Markup

/// Accuracy in groups of clips.
enum SliceSection {
  static func render(_ report: EvaluationReport) -> HTML? {
    // One group alone is what the summary says.
    var tables = (report.slices ?? []).filter { $0.groups.count > 1 }.map { slice in
      table("By \(slice.kind.title)", slice.groups)
    }
    if let speakers = report.worstSpeakers, !speakers.isEmpty {
      tables.append(table("Worst speakers of \(report.interval.speakers)", speakers))
    }
    if tables.isEmpty { return nil }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text: "The signal-to-noise ratio is estimated from the clip itself: its loud frames "
            + "against its quietest. Intervals take clips as independent (Wilson).")),
      HTML("div", ["class": "tables"], all: tables),
    ])
  }

  private static func table(_ title: String, _ groups: [EvaluationReport.Group]) -> HTML {
    Page.table(
      title, ["group", "clips", "wrong", "right"],
      groups.map { group in
        [
          HTML.name(group.name), HTML(text: "\(group.accuracy.n)"), HTML(text: "\(group.wrong)"),
          ClassSection.share(group.accuracy),
        ]
      }, caption: title)
  }
}

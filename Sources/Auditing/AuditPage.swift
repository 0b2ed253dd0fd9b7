import Basics
import Evaluation
import Markup

/// The audit as one HTML page.
package struct AuditPage {
  private let report: AuditReport
  private let suspects: [SuspectCard]
  private let faulty: [FaultyClip]

  /// Makes a page of a report, with suspects and clips with a fault to listen to.
  package init(
    _ report: AuditReport, suspects: [SuspectCard] = [], faulty: [FaultyClip] = []
  ) {
    self.faulty = faulty
    self.report = report
    self.suspects = suspects
  }

  /// The whole document.
  package func render() -> String {
    let findings = AuditReport.Kind.allCases.compactMap { kind -> HTML? in
      let found = report.findings(of: kind)
      if found.isEmpty { return nil }
      return HTML([
        HTML("h3", [:], HTML(text: "\(found.count) \(kind.title)")), table(found),
        players(kind) ?? "",
      ])
    }
    return Page(
      title: "Audit of \(report.dataset)", heading: "Audit of a dataset",
      lead: HTML(
        "p", ["class": "lead"], HTML.name(report.dataset),
        HTML(text: ": \(report.clips) clips, \(report.labels.count) labels, "),
        HTML(text: report.speakers == 0 ? "speakers unknown" : "\(report.speakers) speakers")),
      sections: [
        (
          "findings", "Findings",
          findings.isEmpty ? HTML("p", [:], "Nothing wrong was found.") : HTML(findings)
        ),
        ("suspects", "Suspects to listen to", suspects.isEmpty ? nil : cards()),
        ("labels", "Labels", labels()), ("formats", "Formats and lengths", formats()),
      ]
    ).render()
  }

  private func table(_ findings: [AuditReport.Finding]) -> HTML {
    let limit = 200
    let table = Page.table(
      findings[0].kind.title, ["subject", "what shows it", "with"],
      findings.prefix(limit).map { finding in
        [
          HTML.name(finding.subject), HTML.name(finding.detail),
          HTML(finding.related.prefix(10).map { HTML("div", [:], HTML.name($0)) }),
        ]
      }, style: "figures names")
    let rest = findings.count - limit
    return HTML([
      table,
      rest > 0 ? HTML("p", [:], HTML(text: "and \(rest) more, all of them in audit.csv")) : "",
    ])
  }

  /// The clips with this fault; nil if there are none to hear.
  private func players(_ kind: AuditReport.Kind) -> HTML? {
    ClipGallery.render(
      faulty.filter { $0.kind == kind }.map { clip in
        let card = ClipCard(clip.evidence)
        return card.article(
          heading: [HTML(text: kind.title)],
          facts: [HTML.name(clip.detail), HTML(text: ", \(card.length)")], timelines: [])
      }, "clips")
  }

  private func cards() -> HTML {
    let details = Dictionary(
      report.findings(of: .mislabelled).map { ($0.subject, $0.detail) }
    ) { first, _ in first }
    return HTML([
      HTML("p", [:], HTML(text: report.judge?.text ?? "")),
      ClipGallery.render(
        suspects.map { suspect in
          let card = ClipCard(suspect.evidence)
          return card.article(
            heading: [
              "label ", HTML.name(suspect.label), ", recognised as ", HTML.name(suspect.answer),
            ],
            facts: [
              HTML.name(details[suspect.evidence.path] ?? ""), HTML(text: ", \(card.length)"),
            ],
            timelines: [
              ClipCard.AnswerTimeline(
                timeline: suspect.evidence.timeline, labels: suspect.labels, label: suspect.label,
                answer: suspect.answer)
            ])
        }, "suspects") ?? "",
    ])
  }

  private func labels() -> HTML {
    Page.table(
      "Clips by label", ["label", "training", "validation", "testing", "speakers", "minutes"],
      report.labels.map { label in
        [HTML.name(label.label)]
          + (label.clips + [label.speakers]).map { HTML(text: "\($0)") }
          + [HTML(text: TextCell.fixed(label.seconds / 60, 1))]
      })
  }

  private func formats() -> HTML {
    var items = report.formats.map { HTML("li", [:], HTML(text: "\($0.name): \($0.clips) clips")) }
    if report.seconds.count == 5 {
      let figures = report.seconds.map { TextCell.fixed($0, 2) }
      items.append(
        HTML(
          "li", [:],
          HTML(
            text: "lengths \(figures[0]) to \(figures[4]) s, median \(figures[2]) s, 90% within "
              + "\(figures[1]) to \(figures[3]) s")))
    }
    items += report.warnings.map { HTML("li", [:], HTML.name($0)) }
    return HTML("ul", [:], all: items)
  }
}

/// The audit as one file for a browser.
package struct AuditPage {
  private let report: AuditReport
  private let evidence: [ClipEvidence]

  /// A page of a report, with the sound of suspects.
  package init(_ report: AuditReport, evidence: [ClipEvidence] = []) {
    self.report = report
    self.evidence = evidence
  }

  /// The whole document.
  package func render() -> String {
    let findings = AuditReport.Kind.allCases.compactMap { kind -> HTML? in
      let found = report.findings(of: kind)
      if found.isEmpty { return nil }
      return HTML([
        HTML("h3", [:], HTML(text: "\(found.count) \(kind.title)")), table(found),
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
        ("suspects", "Suspects to listen to", evidence.isEmpty ? nil : suspects()),
        ("labels", "Labels", labels()), ("formats", "Formats and lengths", formats()),
      ]
    ).render()
  }

  private func table(_ findings: [AuditReport.Finding]) -> HTML {
    let limit = 200
    let rows = findings.prefix(limit).map { finding in
      HTML(
        "tr", [:], HTML("td", ["class": "path"], HTML.name(finding.subject)),
        HTML("td", [:], HTML.name(finding.detail)),
        HTML(
          "td", ["class": "path"],
          all: finding.related.prefix(10).map { HTML("div", [:], HTML.name($0)) }))
    }
    let heads = ["subject", "what shows it", "with"].map {
      HTML("th", ["scope": "col"], HTML(text: $0))
    }
    let rest = findings.count - rows.count
    return HTML([
      Page.scroller(
        findings[0].kind.title,
        HTML(
          "table", ["class": "figures names"], HTML("thead", [:], HTML("tr", [:], all: heads)),
          HTML("tbody", [:], all: rows))),
      rest > 0 ? HTML("p", [:], HTML(text: "and \(rest) more, all of them in audit.csv")) : "",
    ])
  }

  private func suspects() -> HTML {
    HTML(
      "div", ["class": "clips"],
      all: evidence.map { evidence in
        let finding = report.findings.first {
          $0.kind == .mislabelled && $0.subject == evidence.path
        }
        return HTML(
          "article", [:], HTML("h3", [:], HTML.name(finding?.detail ?? "")),
          HTML("p", ["class": "path"], HTML("code", [:], HTML.name(evidence.path))),
          HTML(
            "audio",
            [
              "controls": "", "preload": "none",
              "aria-label": TextCell.visible("clip \(evidence.path)"),
              "src": DataURI.wav(evidence.samples, sampleRate: evidence.sampleRate),
            ]))
      })
  }

  private func labels() -> HTML {
    let heads = ["label", "training", "validation", "testing", "speakers", "minutes"]
    let rows = report.labels.map { label in
      HTML(
        "tr", [:],
        all: [HTML("th", ["scope": "row"], HTML.name(label.label))]
          + (label.clips + [label.speakers]).map { HTML("td", [:], HTML(text: "\($0)")) } + [
            HTML("td", [:], HTML(text: TextCell.fixed(label.seconds / 60, 1)))
          ])
    }
    return Page.scroller(
      "Clips by label",
      HTML(
        "table", ["class": "figures"],
        HTML(
          "thead", [:],
          HTML("tr", [:], all: heads.map { HTML("th", ["scope": "col"], HTML(text: $0)) })),
        HTML("tbody", [:], all: rows)))
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

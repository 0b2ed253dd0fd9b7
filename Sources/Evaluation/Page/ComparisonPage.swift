import Basics
import Markup
import Recognition

/// A comparison as one HTML page.
package struct ComparisonPage {
  private let comparison: PairedComparison
  /// For each model and path: the samples and the posteriors.
  private let evidence: [[String: ClipEvidence]]
  private let labels: [[String]]
  private let decisions: [Decision]

  /// Makes a page of a comparison.
  ///
  /// - Parameters:
  ///   - comparison: The comparison.
  ///   - evidence: For each model, samples and posteriors of clips with different answers.
  ///   - labels: The classes of each model, in the order of the evidence's probabilities.
  ///   - decisions: The thresholds of each model, to draw; or none.
  package init(
    _ comparison: PairedComparison, evidence: [[ClipEvidence]] = [[], []], labels: [[String]],
    decisions: [Decision] = []
  ) {
    self.decisions = decisions
    self.comparison = comparison
    self.evidence = evidence.map { clips in
      Dictionary(clips.map { ($0.path, $0) }) { first, _ in first }
    }
    self.labels = labels
  }

  /// The whole document.
  package func render() -> String {
    Page(
      title: "Comparison of two models", heading: "Comparison of two models", lead: lead,
      sections: [
        ("summary", "Summary", summary), ("classes", "Classes", classes),
        (
          "losses", "Clips that only A has right, the gravest first",
          flips(comparison.flips.filter(\.isLoss))
        ),
        (
          "gains", "Clips that only B has right, the largest change first",
          flips(comparison.flips.filter { !$0.isLoss })
        ), ("method", "How it was measured", method),
      ]
    ).render()
  }

  private var names: [String] { comparison.names.count == 2 ? comparison.names : ["A", "B"] }

  private func points(_ share: Double) -> String { PairedComparison.points(share) }

  private var lead: HTML {
    HTML(
      "p", ["class": "lead"], "A ", HTML.name(names[0]), ", B ", HTML.name(names[1]),
      HTML(comparison.dataset.map { [", on ", HTML.name($0)] } ?? []),
      HTML(comparison.split.map { [", part ", HTML.name($0)] } ?? []))
  }

  private var summary: HTML {
    let difference = comparison.difference
    var pieces: [HTML] = [
      HTML(
        "p", ["class": "headline"],
        HTML("strong", [:], HTML(text: points(difference.value ?? 0))),
        HTML(text: " points from A to B, on the same \(comparison.n) clips."))
    ]
    if let low = difference.low, let high = difference.high {
      let verdict =
        low > 0
        ? "B is better." : high < 0 ? "B is worse." : "The interval holds 0: no proof either way."
      pieces.append(
        HTML(
          "p", [:],
          HTML(
            text: "95% interval \(points(low)) to \(points(high)) points (bootstrap over "
              + "\(comparison.speakers) speakers). \(verdict)")))
    } else {
      pieces.append(
        HTML("p", [:], "Speakers are unknown or few, so there is no interval of the difference."))
    }
    if let text = comparison.alarmText {
      pieces.append(
        HTML("p", [:], HTML(text: text.prefix(1).uppercased() + text.dropFirst() + ".")))
    }
    if !comparison.metLines.isEmpty {
      pieces.append(
        HTML(
          "ul", ["class": "warnings"],
          all: comparison.metLines.map { HTML("li", [:], HTML(text: $0)) }))
    }
    let tiles = zip(["A right", "B right"], comparison.right).map { name, right in
      (name, TextCell.percent(Double(right) / Double(max(1, comparison.n))), "\(right) clips")
    }
    pieces.append(
      HTML(
        "dl", ["class": "tiles"],
        all: (tiles + [
          ("only A right", "\(comparison.onlyFirst)", "clips that B lost"),
          ("only B right", "\(comparison.onlySecond)", "clips that B won"),
          (
            "McNemar's exact test", PairedComparison.p(comparison.mcNemar),
            "as if clips were independent"
          ),
        ] + alarmTiles).map { name, value, note in
          HTML(
            "div", [:], HTML("dt", [:], HTML(text: name)), HTML("dd", [:], HTML(text: value)),
            HTML("dd", ["class": "note"], HTML(text: note)))
        }))
    return HTML(pieces)
  }

  private var alarmTiles: [(String, String, String)] {
    zip(["A", "B"], comparison.alarms ?? []).map { name, alarms in
      (
        "\(name): false alarms per hour", TextCell.fixed(alarms.perHour, 1),
        "\(alarms.alarms) in \(TextCell.fixed(alarms.hours, 2)) h; "
          + "\(TextCell.percent(alarms.missed.value)) of keyword clips missed"
      )
    }
  }

  private var classes: HTML {
    Page.table(
      "Right answers by class", ["class", "clips", "A right", "B right", "change (points)"],
      comparison.classes.map { change in
        let share = Double(change.second - change.first) / Double(max(1, change.support))
        return [
          HTML.name(change.label), HTML(text: "\(change.support)"), HTML(text: "\(change.first)"),
          HTML(text: "\(change.second)"), HTML(text: points(share)),
        ]
      })
  }

  private func flips(_ flips: [PairedComparison.Flip]) -> HTML? {
    if flips.isEmpty { return nil }
    let shown = flips.filter { evidence[1][$0.path] != nil }
    let rest = flips.filter { evidence[1][$0.path] == nil }
    var pieces = [ClipGallery.render(shown.map(card), "clips")].compactMap(\.self)
    if !rest.isEmpty {
      let limit = 500
      let table = Page.table(
        "More clips with different answers", ["clip", "label", "answer of A", "answer of B"],
        rest.prefix(limit).map { flip in
          [flip.path, flip.label, flip.first, flip.second].map { HTML.name($0) }
        }, style: "figures names")
      let note = rest.count > limit ? ", the first \(limit) here" : ""
      pieces.append(
        Page.details("\(rest.count) more clips\(note) (all are in flips.csv)", table))
    }
    return HTML(pieces)
  }

  private func card(_ flip: PairedComparison.Flip) -> HTML {
    let clip = evidence[1][flip.path]!
    let answers = [(0, "A", flip.first), (1, "B", flip.second)].compactMap { model, name, answer in
      evidence[model][flip.path].map { evidence in
        ClipCard.AnswerTimeline(
          timeline: evidence.timeline, labels: labels[model], label: flip.label,
          answer: answer, title: "\(name): posteriors",
          decision: decisions.indices.contains(model) ? decisions[model] : nil)
      }
    }
    let card = ClipCard(clip)
    return card.article(
      heading: ["label ", HTML.name(flip.label)],
      facts: [
        "answer of A ", HTML.name(flip.first), ", of B ", HTML.name(flip.second),
        HTML(text: ", \(card.length)"),
      ], timelines: answers)
  }

  private var method: HTML {
    var rows = [
      ("A", HTML.name(names[0])), ("B", HTML.name(names[1])),
      (
        "interval",
        HTML(
          text: comparison.speakers > 0
            ? "whole speakers drawn again (\(comparison.speakers)), expanded percentiles" : "none")
      ),
    ]
    if let measurement = comparison.measurement { rows += MethodSection.rows(measurement) }
    let remarks = (comparison.warnings ?? []).map { HTML("li", [:], HTML(text: $0)) }
    return HTML(
      [
        MethodSection.list(rows),
        remarks.isEmpty ? nil : HTML("ul", ["class": "warnings"], all: remarks),
        LeftOut.list(comparison.leftOut ?? []), MethodSection.skipped(comparison.skipped ?? []),
      ].compactMap { $0 })
  }
}

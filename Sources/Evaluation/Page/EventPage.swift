import Basics
import Markup
import Statistics

/// An evaluation of events as one HTML page, without scripts and without other files.
public struct EventPage: Sendable {
  /// What is shown.
  public var report: EventReport
  /// Sound and scores of wrong events and missed words.
  public var evidence: EventEvidence
  /// The model's classes, in the order of the evidence's probabilities.
  public var labels: [String]

  /// A page of a report, with as much evidence as there is.
  public init(_ report: EventReport, evidence: EventEvidence, labels: [String]) {
    (self.report, self.evidence, self.labels) = (report, evidence, labels)
  }

  /// The whole document.
  public func render() -> String {
    var lead: [HTML] = []
    if let model = report.model { lead += ["model ", HTML.name(model), ", "] }
    lead.append(
      HTML(
        text: "\(report.recordings) recordings, \(TextCell.fixed(report.hours, 2)) h"
          + (report.measurement.map { ", measured \($0.date)" } ?? "")))
    return Page(
      title: "Events of \(report.model ?? "a model")", heading: "Keywords in long recordings",
      lead: HTML("p", ["class": "lead"], all: lead),
      sections: [
        ("summary", "Summary", summary), ("keywords", "Keywords", keywords),
        ("curve", "Misses against false alarms", EventCurveSection.render(report)),
        ("wrong", "Wrong events", wrong), ("missed", "Missed words", missed),
        ("method", "How it was measured", method),
      ]
    ).render()
  }

  private var summary: HTML {
    let all = report.all
    func tile(_ name: String, _ value: String, _ note: String) -> HTML {
      HTML(
        "div", [:], HTML("dt", [:], HTML(text: name)), HTML("dd", [:], HTML(text: value)),
        HTML("dd", ["class": "note"], HTML(text: note)))
    }
    var tiles = [
      tile("missed", TextCell.percent(all.missed.value), all.missed.text),
      tile(
        "false alarms an hour", TextCell.fixed(all.falseAlarmsPerHour, 2),
        "\(all.falseAlarms) in \(TextCell.fixed(report.hours, 2)) h, at most "
          + "\(TextCell.fixed(all.falseAlarmBound, 2)) (95%, Poisson)"),
      tile("wrong words", "\(all.wrongWords)", "another keyword was said there"),
    ]
    if let latency = all.latency {
      tiles.append(
        tile(
          "decided after", "\(TextCell.fixed(latency.median, 0)) ms",
          "after the word's end, median; 90% \(TextCell.fixed(latency.p90, 0)) ms, 99% "
            + "\(TextCell.fixed(latency.p99, 0)) ms, n = \(latency.n)"))
    }
    var pieces = [HTML("dl", ["class": "tiles"], all: tiles)]
    if !report.warnings.isEmpty {
      pieces += [
        HTML("h3", [:], "Warnings"),
        HTML(
          "ul", ["class": "warnings"],
          all: report.warnings.map { HTML("li", [:], HTML(text: TextCell.visible($0))) }),
      ]
    }
    return HTML(pieces)
  }

  private var keywords: HTML {
    Page.table(
      "Figures by keyword",
      [
        "keyword", "said", "found", "missed", "wrong words", "false alarms", "an hour", "median ms",
      ],
      report.keywords.map { figures in
        [
          HTML.name(figures.label ?? ""), HTML(text: "\(figures.said)"),
          HTML(text: "\(figures.found)"),
          HTML([
            HTML(text: TextCell.percent(figures.missed.value)),
            HTML(
              "small", [:],
              HTML(
                text: figures.missed.low.map {
                  "\(TextCell.percent($0)) to \(TextCell.percent(figures.missed.high))"
                } ?? "")),
          ]),
          HTML(text: "\(figures.wrongWords)"), HTML(text: "\(figures.falseAlarms)"),
          HTML(text: TextCell.fixed(figures.falseAlarmsPerHour, 2)),
          HTML(text: figures.latency.map { TextCell.fixed($0.median, 0) } ?? "-"),
        ]
      })
  }

  private var wrong: HTML {
    if report.wrongEvents.isEmpty { return HTML("p", [:], "Nothing fired wrongly.") }
    let cards = zip(report.wrongEvents, evidence.wrong).compactMap { event, clip in
      clip.map { clip in
        ClipCard(clip).article(
          heading: [
            HTML.name(event.label), event.said == nil ? " but no keyword was said" : ", said ",
            event.said.map(HTML.name) ?? "",
          ],
          facts: [
            HTML(
              text: "\(TextCell.percent(Double(event.probability))), decided at "
                + "\(TextCell.fixed(event.decided, 2)) s; " + ClipCard(clip).length)
          ],
          timelines: [
            ClipCard.AnswerTimeline(
              timeline: clip.timeline, labels: labels, label: event.said ?? "", answer: event.label)
          ])
      }
    }
    return list("\(report.wrongEventCount) events, the surest first.", cards, "wrong events")
  }

  private var missed: HTML {
    if report.missedWords.isEmpty { return HTML("p", [:], "Every word was found.") }
    let cards = zip(report.missedWords, evidence.missed).compactMap { word, clip in
      clip.map { clip in
        ClipCard(clip).article(
          heading: ["missed ", HTML.name(word.label)],
          facts: [
            HTML(
              text: (word.start.map { "said at \(TextCell.fixed($0, 2)) s, " } ?? "")
                + "at most \(TextCell.percent(word.probability.map(Double.init))); "
                + ClipCard(clip).length)
          ],
          timelines: [
            ClipCard.AnswerTimeline(
              timeline: clip.timeline, labels: labels, label: word.label, answer: word.label)
          ])
      }
    }
    let count = report.all.said - report.all.found
    return list("\(count) words, the farthest from being found first.", cards, "missed words")
  }

  private func list(_ text: String, _ cards: [HTML], _ name: String) -> HTML {
    HTML([
      HTML("p", [:], HTML(text: "\(text) You can listen to \(cards.count) of them here.")),
      ClipGallery.render(cards, name) ?? "",
    ])
  }

  private var method: HTML {
    var rows: [(String, HTML)] = report.labels.map { ("labels", HTML.name($0)) }
    rows.append(
      (
        "a hit",
        HTML(
          text: "is decided between the word's start and \(TextCell.fixed(report.tolerance, 2)) s "
            + "after its end; each word is found once")
      ))
    rows.append(("intervals", HTML(text: EventText.interval(report))))
    if let gate = report.gate {
      let text = EventText.gate(gate, falseAlarms: report.all.falseAlarms)
      rows.append(("energy gate", HTML(text: String(text.dropLast()))))
    }
    rows.append(("rule", HTML(text: report.rule.text)))
    if let measurement = report.measurement { rows += MethodSection.rows(measurement) }
    var pieces = [MethodSection.list(rows)]
    if let skipped = MethodSection.skipped(report.skipped) { pieces.append(skipped) }
    return HTML(pieces)
  }
}

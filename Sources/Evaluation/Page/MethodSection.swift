import Basics
import Datasets
import Markup

/// How the figures were measured, so that they can be reproduced and checked.
enum MethodSection {
  static func render(_ report: EvaluationReport) -> HTML {
    var rows: [(String, HTML)] = []
    let subject = report.subject
    if let model = subject.model { rows.append(("model", HTML.name(model))) }
    if let training = subject.training { rows.append(("trained on", HTML.name(training))) }
    if let dataset = subject.dataset { rows.append(("dataset", HTML.name(dataset))) }
    if let split = subject.split { rows.append(("part", HTML.name(split))) }
    if let prior = subject.prior {
      rows.append(("shares of the classes", HTML(text: prior.text)))
    }
    rows.append(("clips", HTML(text: "\(report.evaluated) of \(report.total) evaluated")))
    rows.append(("intervals", HTML(text: intervals(report))))
    if let measurement = report.measurement { rows += Self.rows(measurement) }
    var pieces = [list(rows)]
    if let lines = report.measurement?.model, !lines.isEmpty {
      pieces.append(
        HTML(
          "details", [:], HTML("summary", [:], "What the model file says"),
          HTML("pre", [:], HTML(text: lines.map(TextCell.visible).joined(separator: "\n")))))
    }
    if let list = LeftOut.list(report.leftOut ?? []) { pieces.append(list) }
    if let list = skipped(report.skipped) { pieces.append(list) }
    return HTML(pieces)
  }

  /// When and with what something was measured, and the seed.
  static func rows(_ measurement: Measurement) -> [(String, HTML)] {
    let seconds = TextCell.fixed(measurement.seconds, 1)
    return [
      ("measured", HTML(text: "\(measurement.date), in \(seconds) s")),
      ("by", HTML(text: "kws \(measurement.program), \(measurement.machine)")),
      ("libraries", HTML(text: measurement.libraries.joined(separator: ", "))),
      ("seed", HTML(text: "\(measurement.seed) (bootstrap)")),
    ]
  }

  /// A list of names and values.
  static func list(_ rows: [(String, HTML)]) -> HTML {
    HTML(
      "dl", ["class": "method"],
      all: rows.flatMap { [HTML("dt", [:], HTML(text: $0.0)), HTML("dd", [:], $0.1)] })
  }

  private static func intervals(_ report: EvaluationReport) -> String {
    let interval = report.interval
    let percent = TextCell.fixed(interval.confidence * 100, 0)
    switch interval.name {
    case .bootstrapBySpeaker:
      return "\(percent)%, \(interval.resamples) draws of \(interval.speakers) whole speakers "
        + "(expanded percentiles), never narrower than Wilson's"
    case .wilson:
      return "\(percent)%, Wilson" + (interval.note.map { "; \($0)" } ?? "")
    }
  }

  /// The clips that could not be read; nil if there are none.
  static func skipped(_ clips: [SkippedClip]) -> HTML? {
    if clips.isEmpty { return nil }
    let limit = 200
    var items = clips.prefix(limit).map { clip in
      HTML("li", [:], HTML("code", [:], HTML.name(clip.path)), ": ", HTML.name(clip.reason))
    }
    let rest = clips.count - items.count
    if rest > 0 { items.append(HTML("li", [:], HTML(text: "and \(rest) more"))) }
    return HTML(
      "details", ["open": ""],
      HTML("summary", [:], HTML(text: "\(clips.count) clips were skipped")),
      HTML("ul", [:], all: items))
  }
}

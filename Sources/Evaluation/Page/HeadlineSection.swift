import Basics
import Markup

/// The verdict, what to do next, and the first figures.
enum HeadlineSection {
  static func render(_ report: EvaluationReport) -> HTML {
    let verdict = Verdict(report)
    return HTML([
      HTML(
        "p", ["class": "verdict \(verdict.grade.rawValue)"],
        HTML("strong", [:], HTML(verdict.sentence))),
      tiles(report),
      HTML("div", ["class": "columns"], headline(report), steps(verdict)), remarks(report),
    ])
  }

  private static func headline(_ report: EvaluationReport) -> HTML {
    let n = report.accuracy.n
    let right = n - report.wrongCount
    let confidence = TextCell.fixed(report.interval.confidence * 100, 0)
    let words = HeadlineText(report)
    let sentence =
      words.isOfMetClips
      ? ": \(right) of \(n) clips, which the model has all met, were answered right."
      : words.isTooFewToTell
        ? ": \(right) of \(n) clips were answered right."
        : " of \(n) clips were answered right (\(right))."
    var pieces: [HTML] = [
      HTML(
        "p", ["class": "headline"], HTML("strong", [:], HTML(text: words.figure)),
        HTML(text: sentence))
    ]
    if let folds = words.folds {
      pieces.append(HTML("p", [:], HTML(text: TextCell.visible("New clips: " + folds + "."))))
    }
    if let low = report.accuracy.low, let high = report.accuracy.high {
      let how =
        switch report.interval.name {
        case .bootstrapBySpeaker: "bootstrap over \(report.interval.speakers) speakers"
        case .wilson: "Wilson; " + (report.interval.note ?? "clips taken as independent")
        }
      pieces.append(
        HTML(
          "p", [:],
          HTML(
            text: "\(confidence)% interval \(percent(low)) to \(percent(high)), "
              + "n = \(n) (\(how)).")))
      pieces.append(interval(low, report.accuracy.value ?? low, high))
    }
    if let met = report.met, !met.isEmpty, let basis = report.basis {
      pieces += [
        HTML("p", ["class": "warnings"], HTML(text: "This is " + basis.text(n))),
        HTML("ul", ["class": "warnings"], all: met.map { HTML("li", [:], HTML(text: $0.text)) }),
      ]
    }
    return HTML("div", [:], all: pieces)
  }

  /// The interval as a bar from 0 to 100%; the same is in the text.
  private static func interval(_ low: Double, _ value: Double, _ high: Double) -> HTML {
    func units(_ share: Double) -> String { TextCell.fixed(share * 1000, 1) }
    return HTML(
      "svg",
      [
        "viewBox": "0 0 1000 24", "class": "interval", "aria-hidden": "true",
        "preserveAspectRatio": "none",
      ],
      HTML("rect", ["x": "0", "y": "10", "width": "1000", "height": "4", "class": "track"]),
      HTML(
        "rect",
        [
          "x": units(low), "y": "4", "width": units(max(0.002, high - low)), "height": "16",
          "class": "bar c1",
        ]),
      HTML("rect", ["x": units(value), "y": "0", "width": "3", "height": "24", "class": "mark"]))
  }

  private static func tiles(_ report: EvaluationReport) -> HTML {
    var tiles: [HTML] = []
    // Before what is good, so that nobody overlooks it.
    if let alarms = report.alarms { tiles.append(tile(alarms)) }
    tiles += [
      tile("balanced accuracy", percent(report.balancedAccuracy.value), "mean recall of classes"),
      tile("macro F1", percent(report.macroF1.value), "precision and recall, mean of the classes"),
    ]
    if let error = report.calibrationError.value {
      tiles.append(
        tile("calibration error", percent(error), "mean distance of probability from frequency"))
    }
    tiles.append(
      tile("skipped", "\(report.skipped.count)", "of \(report.total) clips could not be read"))
    return HTML("dl", ["class": "tiles"], all: tiles)
  }

  private static func tile(
    _ name: String, _ value: String, _ note: String, _ grade: Verdict.Grade = .unknown
  ) -> HTML {
    HTML(
      "div", ["class": grade.rawValue], HTML("dt", [:], HTML(text: name)),
      HTML("dd", [:], HTML(text: value)), HTML("dd", ["class": "note"], HTML(text: note)))
  }

  /// The rate of false alarms; of few alarms in little audio, their number.
  private static func tile(_ alarms: AlarmFigures) -> HTML {
    let bound = "at most \(TextCell.fixed(alarms.upperBound, 1))"
    if alarms.alarms < AlarmFigures.fewAlarms && alarms.hours < 1 {
      return tile(
        "false alarms", "\(alarms.alarms) in \(alarms.duration)",
        "\(bound) an hour (95%), in audio without keywords", alarms.grade)
    }
    return tile(
      "false alarms per hour", TextCell.fixed(alarms.perHour, 1),
      "\(bound) (95%), in \(alarms.duration) without keywords", alarms.grade)
  }

  private static func steps(_ verdict: Verdict) -> HTML {
    if verdict.steps.isEmpty { return "" }
    return HTML(
      "div", [:], HTML("h3", [:], "What to do next"),
      HTML("ol", [:], all: verdict.steps.map { HTML("li", [:], HTML($0)) }))
  }

  private static func remarks(_ report: EvaluationReport) -> HTML {
    let leftOut = (report.leftOut ?? []).map { "left out of the dataset: \($0.summary)" }
    let remarks = report.warnings + leftOut
    if remarks.isEmpty { return "" }
    return HTML([
      HTML("h3", [:], "Warnings"),
      Page.firsts(of: remarks, seen: 4, others: "more warnings") { remarks in
        HTML(
          "ul", ["class": "warnings"],
          all: remarks.map { HTML("li", [:], HTML(text: TextCell.visible($0))) })
      },
    ])
  }

  static func percent(_ share: Double?) -> String { TextCell.percent(share) }
}

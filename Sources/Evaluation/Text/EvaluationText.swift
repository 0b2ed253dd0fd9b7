import Basics
import Statistics

/// The report for a terminal.
public struct EvaluationText: Sendable {
  /// Columns of the terminal, 40 or more.
  public var width: Int
  /// Number of wrong clips to list.
  public var wrongLimit: Int

  /// Number of things to do next that are listed; a page has all.
  private let nextStepLimit = 2

  /// Text for a terminal of `width` columns.
  public init(width: Int = 80, wrongLimit: Int = 10) {
    self.width = max(40, width)
    self.wrongLimit = wrongLimit
  }

  /// The whole report; every line ends with a line feed.
  public func render(_ report: EvaluationReport) -> String {
    var sections = [headline(report), classTable(report)]
    sections.append(
      ConfusionText(report, width: width)?.render() ?? Self.tooManyClasses)
    sections.append(confusions(report))
    sections.append(robustness(report))
    sections.append(wrongClips(report))
    sections.append(skipped(report))
    sections.append(LeftOut.text(report.leftOut ?? []))
    sections.append(report.warnings.map { wrap("warning: " + TextCell.visible($0)) }.joined())
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static let tooManyClasses =
    "confusion matrix: not shown for more than \(ManyClasses.mostForPeople) classes; confusion.csv in "
    + "a report's folder holds it\n"

  private func headline(_ report: EvaluationReport) -> String {
    var text = ""
    let subject = report.subject
    for (name, value) in [
      ("model", subject.model), ("trained", subject.training.map { "on " + $0 }),
      ("dataset", subject.dataset), ("split", subject.split),
    ] {
      if let value { text += TextCell.left(name, 9) + TextCell.visible(value) + "\n" }
    }
    if let prior = subject.prior { text += wrap("shares of the classes: " + prior.text) }
    let verdict = Verdict(report)
    text += wrap("verdict: " + verdict.text)
    for step in verdict.nextSteps.prefix(nextStepLimit) { text += wrap("next: " + step) }
    let coverage = subject.coverage ?? "evaluated \(report.evaluated) of \(report.total) clips"
    text += wrap(TextCell.visible(coverage))
    let headline = HeadlineText(report)
    text += wrap(headline.line)
    if let folds = headline.folds { text += wrap(folds) }
    switch report.interval.name {
    case .bootstrapBySpeaker:
      text += "  interval by bootstrap over \(report.interval.speakers) speakers\n"
    case .wilson: text += "  \(report.interval.note ?? "")\n"
    }
    text += met(report)
    text += "balanced accuracy \(TextCell.percent(report.balancedAccuracy.value)), "
    text += "macro F1 \(TextCell.percent(report.macroF1.value))\n"
    if let logLoss = report.logLoss.value, let error = report.calibrationError.value {
      text += "log loss \(TextCell.fixed(logLoss, 3)), "
      text += "calibration error \(TextCell.percent(error)) (\(report.logLoss.n) clips)\n"
    }
    if let alarms = report.alarms { text += wrap(alarms.text) }
    return text
  }

  /// The roles of clips that the model has met, if any.
  private func met(_ report: EvaluationReport) -> String {
    guard let met = report.met, !met.isEmpty, let basis = report.basis else { return "" }
    let lines = [basis.text(report.accuracy.n)] + met.map(\.text)
    return lines.map { wrap("  " + $0) }.joined()
  }

  private func classTable(_ report: EvaluationReport) -> String {
    let labels = report.classes.map { TextCell.visible($0.label) }
    let name = min(max(5, labels.map(TextCell.width).max() ?? 5), width - 36)
    // "100.0%", and its interval if there is room: " 97.2-100.0".
    let showsIntervals = name + 7 + 3 * 20 <= width
    func cell(_ estimate: Estimate) -> String {
      let interval =
        estimate.low.map { low in
          "\(TextCell.fixed(low * 100, 1))-"
            + TextCell.fixed((estimate.high ?? low) * 100, 1)
        } ?? ""
      return TextCell.right(TextCell.percent(estimate.value), 8)
        + (showsIntervals ? " " + TextCell.left(interval, 11) : "")
    }
    func heading(_ text: String) -> String {
      TextCell.right(text, 8) + (showsIntervals ? TextCell.left(" 95%", 12) : "")
    }
    let percent = TextCell.fixed(report.interval.confidence * 100, 0)
    var lines = [
      TextCell.left("class", name) + TextCell.right("clips", 7)
        + ["recall", "precis.", "F1"].map(heading).joined()
    ]
    if percent != "95" { lines[0] = lines[0].replacing(" 95%", with: " \(percent)%") }
    for (figures, label) in zip(report.classes, labels) {
      lines.append(
        TextCell.left(TextCell.cut(label, name), name) + TextCell.right("\(figures.support)", 7)
          + [figures.recall, figures.precision, figures.f1].map(cell).joined())
    }
    return lines.map(trimmed).joined()
  }

  /// The most frequent confusions.
  private func confusions(_ report: EvaluationReport) -> String {
    let pairs = report.confusions
    if pairs.isEmpty { return "" }
    let lines = pairs.prefix(10).map { pair in
      let label = report.classes[pair.label]
      let share = TextCell.percent(Double(pair.count) / Double(label.support))
      let answer = report.classes[pair.answer].label
      return "  \(TextCell.visible(label.label)) recognised as \(TextCell.visible(answer)): "
        + "\(pair.count) (\(share) of its clips)\n"
    }
    return "most frequent confusions\n" + lines.joined()
  }

  private func wrongClips(_ report: EvaluationReport) -> String {
    if report.wrong.isEmpty || wrongLimit == 0 { return "" }
    let lines = report.wrong.prefix(wrongLimit).map { clip in
      let own = clip.labelProbability.map { TextCell.percent(Double($0)) } ?? "no such class"
      let probability = clip.predictedProbability.map { " \(TextCell.percent(Double($0)))" } ?? ""
      let why =
        clip.rejected.map { " (\(TextCell.visible($0.label)) \($0.reason))" } ?? ""
      return wrap(
        "  \(TextCell.visible(clip.path)): answer \(TextCell.visible(clip.predicted))\(probability)\(why), "
          + "label \(TextCell.visible(clip.label)) (\(own))")
    }
    return "worst \(lines.count) of \(report.wrongCount) wrong clips\n" + lines.joined()
  }

  private func robustness(_ report: EvaluationReport) -> String {
    guard let figures = report.robustness, !figures.isEmpty else { return "" }
    let name = figures.map { TextCell.width($0.name) }.max() ?? 9
    var text = TextCell.left("condition", name) + "   right  change  missed  accepted\n"
    for (index, condition) in figures.enumerated() {
      let change = index == 0 ? "" : PairedComparison.points(condition.change.value ?? 0)
      text += trimmed(
        TextCell.left(condition.name, name)
          + TextCell.right(TextCell.percent(condition.accuracy.value), 8)
          + TextCell.right(change, 8) + TextCell.right(TextCell.percent(condition.missed.value), 8)
          + TextCell.right(TextCell.percent(condition.falseAccepts.value), 10))
    }
    return "the same \(figures[0].accuracy.n) clips of speech under other conditions\n" + text
  }

  private func skipped(_ report: EvaluationReport) -> String {
    if report.skipped.isEmpty { return "" }
    let lines = report.skipped.prefix(10).map { clip in
      wrap("  \(TextCell.visible(clip.path)): \(TextCell.visible(clip.reason))")
    }
    let rest = report.skipped.count - lines.count
    return "skipped clips: \(report.skipped.count)\n" + lines.joined()
      + (rest > 0 ? "  and \(rest) more\n" : "")
  }

  private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  /// Wraps at spaces; a word that is longer than the line is not broken, so that it can be copied.
  private func wrap(_ text: String) -> String {
    var lines: [String] = []
    let indent = text.prefix { $0 == " " }
    var line = String(indent)
    for word in text.split(separator: " ") {
      let isFirst = line.allSatisfy { $0 == " " }
      if !isFirst, TextCell.width(line) + 1 + TextCell.width(String(word)) > width {
        lines.append(line)
        line = indent + "  " + word
      } else {
        line += (isFirst ? "" : " ") + word
      }
    }
    return (lines + [line]).map { $0 + "\n" }.joined()
  }
}

import Basics
import Statistics

/// An evaluation of events for a terminal.
public enum EventText {
  /// The report; every line ends with a line feed.
  public static func render(_ report: EventReport, named limit: Int = 10) -> String {
    let sections = [
      headline(report), keywords(report), rates(report), wrong(report, limit),
      missed(report, limit), skipped(report),
      report.warnings.map { "warning: \(TextCell.visible($0))\n" }.joined(),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func headline(_ report: EventReport) -> String {
    let all = report.all
    var text = report.model.map { "model    \(TextCell.visible($0))\n" } ?? ""
    text += report.labels.map { "labels   \(TextCell.visible($0))\n" }.joined()
    text += "listened to \(report.recordings) recordings, \(TextCell.fixed(report.hours, 2)) h\n"
    text += "\(all.said) keywords said"
    if all.mentions > 0 { text += " (\(all.mentions) of them without times)" }
    text += ", \(all.found) found, missed \(all.missed.text)\n"
    text += "\(all.falseAlarms) false alarms, "
    text += "\(TextCell.fixed(all.falseAlarmsPerHour, 2)) an hour, at most "
    text += "\(TextCell.fixed(all.falseAlarmBound, 2)) (95%, Poisson)\n"
    text += "\(all.wrongWords) wrong words: another keyword was said there\n"
    if let latency = all.latency {
      text += "decided \(ms(latency.median)) after the word's end (median of \(latency.n)), "
      text += "90%: \(ms(latency.p90)), 99%: \(ms(latency.p99)), all: \(ms(latency.largest))\n"
    }
    text += "a hit is decided between the word's start and "
    text += "\(TextCell.fixed(report.tolerance, 2)) s after its end\n"
    text += interval(report) + "\n\(report.rule.text)\n"
    if let gate = report.gate { text += self.gate(gate, falseAlarms: all.falseAlarms) }
    return text
  }

  /// What the energy gate saves and costs.
  static func gate(_ gate: EventReport.Gate, falseAlarms: Int) -> String {
    "the energy gate skips \(TextCell.percent(gate.skippedShare)) of \(gate.windows) windows, below "
      + "\(TextCell.fixed(gate.decibels, 1)) dB: \(gate.lostHits) of \(gate.hitsWithout) hits lost, "
      + "\(falseAlarms) false alarms, \(gate.falseAlarmsWithout) without it\n"
  }

  /// How the intervals were made.
  static func interval(_ report: EventReport) -> String {
    let interval = report.interval
    let what = interval.name == "bootstrapBySpeaker" ? "speakers" : "recordings"
    return interval.resamples > 0
      ? "95% intervals by bootstrap over \(interval.clusters) \(what), never narrower than Wilson's"
      : "95% intervals by Wilson, as if words were independent: \(interval.clusters) \(what) are few"
  }

  private static func ms(_ value: Double) -> String { "\(TextCell.fixed(value, 0)) ms" }

  private static func keywords(_ report: EventReport) -> String {
    let names = report.keywords.map { TextCell.visible($0.label ?? "") }
    let width = max(7, names.map(TextCell.width).max() ?? 7)
    let heads = ["said", "found", "missed", "95%", "wrong", "false", "an hour"]
    let widths = [7, 7, 9, 15, 7, 7, 9]
    var text = TextCell.left("keyword", width) + zip(heads, widths).map(TextCell.right).joined()
    text += "\n"
    for (figures, name) in zip(report.keywords, names) {
      let range = figures.missed.low.map { low in
        "\(TextCell.percent(low))-\(TextCell.percent(figures.missed.high))"
      }
      let cells = [
        "\(figures.said)", "\(figures.found)", TextCell.percent(figures.missed.value), range ?? "-",
        "\(figures.wrongWords)", "\(figures.falseAlarms)",
        TextCell.fixed(figures.falseAlarmsPerHour, 2),
      ]
      text += TextCell.left(name, width) + zip(cells, widths).map(TextCell.right).joined() + "\n"
    }
    return text
  }

  private static func rates(_ report: EventReport) -> String {
    var text = "one threshold for all keywords, by false alarms an hour\n"
    text += " at most  threshold   missed\n"
    for row in report.all.atRates {
      text += TextCell.right("\(row.perHour)", 8)
      text += TextCell.right(row.threshold.map { TextCell.fixed(Double($0), 4) } ?? "none", 11)
      text += "   \(row.missed.text)\n"
    }
    return text + "chosen on these recordings, so new ones give somewhat more\n"
  }

  private static func wrong(_ report: EventReport, _ limit: Int) -> String {
    if report.wrongEvents.isEmpty || limit == 0 { return "" }
    let lines = report.wrongEvents.prefix(limit).map { event in
      let said = event.said.map { ", said \(TextCell.visible($0))" } ?? ""
      return "  \(TextCell.visible(event.path)) at \(TextCell.fixed(event.decided, 2)) s: "
        + "\(TextCell.visible(event.label)) \(TextCell.percent(Double(event.probability)))\(said)\n"
    }
    return "surest \(lines.count) of \(report.wrongEventCount) wrong events\n" + lines.joined()
  }

  private static func missed(_ report: EventReport, _ limit: Int) -> String {
    if report.missedWords.isEmpty || limit == 0 { return "" }
    let lines = report.missedWords.prefix(limit).map { word in
      let time = word.start.map { " at \(TextCell.fixed($0, 2)) s" } ?? ""
      let probability = word.probability.map { TextCell.percent(Double($0)) } ?? "no window"
      return "  \(TextCell.visible(word.path))\(time): \(TextCell.visible(word.label)), "
        + "at most \(probability)\n"
    }
    let count = report.all.said - report.all.found
    return "farthest \(lines.count) of \(count) missed words\n" + lines.joined()
  }

  private static func skipped(_ report: EventReport) -> String {
    if report.skipped.isEmpty { return "" }
    let lines = report.skipped.prefix(10).map { "  \(TextCell.visible($0.reason))\n" }
    return "skipped recordings: \(report.skipped.count)\n" + lines.joined()
  }
}

extension EventReport {
  /// The report as JSON, keys sorted, with a line feed at the end.
  public var json: String {
    // Figures are finite, so nothing can fail.
    jsonReport(self)
  }
}

import Basics
import Recognition

extension ThresholdChoice {
  /// The choice for a terminal: first whether the target is met and at what price, then the keywords.
  package var text: String {
    var text = "target    \(target.text)" + (verdict.map { ": \($0.rawValue)" } ?? "") + "\n"
    text += alarmText
    if let misses {
      text += "price     misses from \(misses.text) keyword clips\n"
    }
    if let accepted {
      text += "unknown   clips answered as a keyword from \(accepted.text)\n"
    }
    text += "by crossing over two halves of the speakers; 'from' is by the thresholds before\n\n"
    text += table
    for keyword in keywords where keyword.isKept == true {
      text +=
        "\(TextCell.visible(keyword.label)): no threshold that meets the target accepts any of "
      text +=
        "its \(counted(keyword.positives, "clip")); it keeps the one it had: train it better, or "
      text += "leave it out\n"
    }
    if let split, let clips { text += "chosen on \(counted(clips, "clip")) (\(split))\n" }
    if let trainedOnWarning { text += "warning: \(trainedOnWarning)\n" }
    if let rule { text += "\(rule.text)\n" }
    return text
  }

  private var alarmText: String {
    guard let alarmsPerHour, let alarmBound else { return "" }
    func fixed(_ rate: Double) -> String { TextCell.fixed(rate, 2) }
    var text = "measured  \(fixed(alarmsPerHour)) false alarms an hour in \(fixed(hours)) h of "
    text += isOverTalk == true ? "talk" : "other clips, end to end"
    text += ", \(fixed(alarmLowBound ?? 0)) to \(fixed(alarmBound)) (95% each, Poisson)"
    if let alarmsBefore { text += "; before \(fixed(alarmsBefore))" }
    return text + "\n"
  }

  private var table: String {
    let width = max(7, keywords.map { TextCell.width(TextCell.visible($0.label)) }.max() ?? 7)
    var text = TextCell.left("keyword", width) + "  threshold    missed  accepted   alarms\n"
    for keyword in keywords {
      func share(_ part: Int, _ whole: Int) -> String {
        TextCell.right(TextCell.percent(whole == 0 ? nil : Double(part) / Double(whole)), 10)
      }
      text += TextCell.left(TextCell.visible(keyword.label), width)
      text += TextCell.right(TextCell.fixed(Double(keyword.threshold), 4), 11)
      text += share(keyword.misses, keyword.positives)
      text += share(keyword.falseAccepts, keyword.negatives)
      text += TextCell.right("\(keyword.falseAlarms)", 9)
      text += (keyword.isKept == true ? "  kept" : "") + "\n"
    }
    return text
  }

  /// The choice as JSON, keys sorted, with a line feed at the end.
  package var json: String {
    // All figures are finite, so encoding cannot fail.
    jsonReport(self)
  }
}

extension ThresholdChoice.Change {
  /// "5.0% to 48.0% of 80".
  fileprivate var text: String {
    func share(_ part: Int) -> String { TextCell.percent(Double(part) / Double(n)) }
    return "\(share(before)) to \(share(after)) of \(n)"
  }
}

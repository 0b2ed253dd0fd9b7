import Basics
import Recognition

extension RuleChoice {
  /// The choice as JSON, keys sorted, with a line feed at the end.
  package var json: String {
    // Figures are finite, so nothing can fail.
    jsonReport(self)
  }

  /// The choice for a terminal.
  package var text: String {
    let width = max(7, keywords.map { TextCell.width(TextCell.visible($0.label)) }.max() ?? 7)
    var text = "target    \(target.text)" + (verdict.map { ": \($0.rawValue)" } ?? "") + "\n"
    text +=
      "price     \(TextCell.percent(crossed.missed.value)) of \(crossed.missed.n) words missed, "
    text += "by crossing over\n\n"
    text += TextCell.left("keyword", width) + "  threshold   said  missed  false\n"
    for keyword in keywords {
      text += TextCell.left(TextCell.visible(keyword.label), width)
      text += TextCell.right(TextCell.fixed(Double(keyword.threshold), 4), 11)
      text += TextCell.right("\(keyword.said)", 7) + TextCell.right("\(keyword.missed)", 8)
      text += TextCell.right("\(keyword.falseAlarms)", 7)
      text += (keyword.findsNothing == true ? "  never found: train it better" : "") + "\n"
    }
    text += "counts by crossing over two halves of the speakers or recordings\n"
    text += "\(rule.text)\n"
    text += "chosen of \(tried) rules at every threshold, on \(counted(recordings, "recording")), "
    text += "\(TextCell.fixed(hours, 2)) h\n"
    text += "on these recordings: \(chosen.text)\n"
    text += "by crossing over:    \(crossed.text)\n"
    if let trainedOnWarning { text += "warning: \(trainedOnWarning)\n" }
    return text
  }

  /// That the rule was chosen on recordings that the model knows, or nil.
  package var trainedOnWarning: String? {
    trainedOn == 0
      ? nil
      : "\(trainedOn) of \(recordings) recordings were trained on: the figures are too "
        + "optimistic"
  }
}

extension RuleChoice.Result {
  /// In a line.
  var text: String {
    "missed \(missed.text), \(TextCell.fixed(perHour, 2)) false alarms an hour (\(falseAlarms)), at "
      + "most \(TextCell.fixed(bound, 2)) (95%, Poisson)"
  }
}

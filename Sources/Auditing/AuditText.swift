import Basics

extension AuditReport {
  /// The report for a terminal, with the first `limit` findings of each kind.
  package func text(limit: Int = 5) -> String {
    var text =
      "dataset \(TextCell.visible(dataset)): \(counted(clips, "clip")), \(counted(labels.count, "label")), "
    text += speakers == 0 ? "speakers unknown" : counted(speakers, "speaker")
    if speakers > 0 && clipsWithoutSpeaker > 0 {
      text += " (\(counted(clipsWithoutSpeaker, "clip")) without)"
    }
    text += "\n"
    if seconds.count == 5 {
      let figures = seconds.map { TextCell.fixed($0, 2) }
      text += "lengths \(figures[0]) to \(figures[4]) s, median \(figures[2]), 90% within "
      text += "\(figures[1]) to \(figures[3])\n"
    }
    for format in formats.prefix(5) {
      text += "format \(TextCell.visible(format.name)): \(format.clips)\n"
    }
    let width = max(5, labels.map { TextCell.width(TextCell.visible($0.label)) }.max() ?? 5)
    text += "\n" + TextCell.left("label", width) + "  training  validation  testing  speakers\n"
    for label in labels {
      text += TextCell.left(TextCell.visible(label.label), width)
      text += TextCell.right("\(label.clips[0])", 10) + TextCell.right("\(label.clips[1])", 12)
      text += TextCell.right("\(label.clips[2])", 9) + TextCell.right("\(label.speakers)", 10)
      text += "\n"
    }
    if findings.isEmpty { text += "\nnothing wrong was found\n" }
    for kind in Kind.allCases {
      let found = findings(of: kind)
      if found.isEmpty { continue }
      text += "\n\(found.count) \(kind.title)\n"
      if kind == .mislabelled, let judge { text += "  (\(judge.text))\n" }
      for finding in found.prefix(limit) {
        text += "  \(TextCell.visible(finding.subject)): \(TextCell.visible(finding.detail))\n"
        for other in finding.related.prefix(3) { text += "    with \(TextCell.visible(other))\n" }
      }
      if found.count > limit { text += "  and \(found.count - limit) more\n" }
    }
    for warning in warnings { text += "\nwarning: \(TextCell.visible(warning))\n" }
    return text
  }

  /// The report as JSON, keys sorted, with a line feed at the end.
  package var json: String {
    // All figures are finite, so encoding cannot fail.
    jsonReport(self)
  }

  /// The findings as CSV: `kind, subject, detail, related`, a row for each related clip or one.
  package var csv: String {
    var rows = [["kind", "subject", "detail", "related"]]
    for finding in findings {
      for related in finding.related.isEmpty ? [""] : finding.related {
        rows.append([finding.kind.rawValue, finding.subject, finding.detail, related])
      }
    }
    return CSVCell.table(rows)
  }
}

extension AuditReport.Judge {
  /// How reliable the suspects are, as a sentence.
  var text: String {
    let share = TextCell.percent(agreement.value)
    if folds > 0 {
      return "judged by \(folds) models, each on speakers that it was not trained on: they agree "
        + "with \(share) of \(agreement.n) labels"
    }
    let known = (met ?? []).map { "; \($0.text), which it doubts too rarely" }.joined()
    return "judged by one model: it agrees with \(share) of \(agreement.n) labels\(known)"
  }
}

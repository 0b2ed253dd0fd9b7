#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Basics

extension PairedComparison {
  /// The comparison for a terminal.
  package var text: String {
    let points = Self.points
    var text = ""
    for (index, name) in names.enumerated() {
      text += "\(index == 0 ? "A" : "B") \(TextCell.visible(name)): \(right[index]) of \(n) right ("
      text += TextCell.percent(n == 0 ? nil : Double(right[index]) / Double(n)) + ")\n"
    }
    text += "difference B - A: \(points(difference.value ?? 0)) points"
    if let low = difference.low, let high = difference.high {
      text += ", 95% interval \(points(low)) to \(points(high)) "
      text += "(bootstrap over \(speakers) speakers)\n"
    } else {
      text += " (speakers unknown or few: no interval)\n"
    }
    text += "only A right: \(onlyFirst), only B right: \(onlySecond), "
    text += "McNemar's exact test \(Self.p(mcNemar))\n"
    if let alarmText { text += alarmText + "\n" }
    text += "\n"
    for line in metLines { text += line + "\n" }
    if !metLines.isEmpty { text += "\n" }
    let width = classes.map { TextCell.width(TextCell.visible($0.label)) }.max() ?? 5
    text += TextCell.left("class", width) + "   clips  A right  B right  change\n"
    for change in classes {
      text += TextCell.left(TextCell.visible(change.label), width)
      text += TextCell.right("\(change.support)", 8) + TextCell.right("\(change.first)", 9)
      text += TextCell.right("\(change.second)", 9)
      let share = Double(change.second - change.first) / Double(max(1, change.support))
      text += TextCell.right(points(share), 8) + "\n"
    }
    let losses = flips.filter(\.isLoss).prefix(10)
    if !losses.isEmpty { text += "\nonly A right, gravest \(losses.count) of \(onlyFirst)\n" }
    for flip in losses {
      text += "  \(TextCell.visible(flip.path)): label \(TextCell.visible(flip.label)), "
      text += "answer of B \(TextCell.visible(flip.second))\n"
    }
    let unread = (skipped ?? []).prefix(10).map { "\($0.path): \($0.reason)" }
    if let skipped, !skipped.isEmpty { text += "\nskipped clips: \(skipped.count)\n" }
    for clip in unread { text += "  \(TextCell.visible(clip))\n" }
    let remarks =
      LeftOut.text(leftOut ?? [])
      + (warnings ?? []).map { "warning: \(TextCell.visible($0))\n" }.joined()
    return remarks.isEmpty ? text : text + "\n" + remarks
  }

  /// The roles of clips that a model has met, one line each; empty if neither has met any.
  package var metLines: [String] {
    guard let met, !met.isEmpty, let basis else { return [] }
    let first =
      basis == .unseen
      ? "over the \(n) clips that neither model has met; these were left out:"
      : "a model has met every clip, so the figures are too optimistic:"
    return [first] + met.map { "  " + $0.text }
  }

  /// A difference of shares in points, with its sign.
  static func points(_ share: Double) -> String {
    (share > 0 ? "+" : "") + TextCell.fixed(share * 100, 1)
  }

  /// The comparison as JSON, keys sorted, with a line feed at the end.
  package var json: String {
    // All figures are finite, so encoding cannot fail.
    jsonReport(self)
  }

  /// The clips that flipped as CSV: `path, said, a, b`, losses first, the gravest of them
  /// first.
  var flipTable: String {
    CSVCell.table(
      [["path", "said", "a", "b"]] + flips.map { [$0.path, $0.label, $0.first, $0.second] })
  }
}

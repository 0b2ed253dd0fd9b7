import Basics
import Markup

/// Words that are no keywords and were taken for one.
enum UnknownWordSection {
  /// Rows that are seen; the others are to open.
  private static let mostRows = 10

  static func render(_ report: EvaluationReport) -> HTML? {
    let words = report.unknownWords ?? []
    if words.isEmpty { return nil }
    return HTML([
      HTML(
        "p", [:],
        HTML(
          text:
            "Words that are not to be recognised, by folder: how many of their clips were answered "
            + "with a keyword, and with which.")),
      Page.firsts(of: words, seen: mostRows, others: "more words", table),
    ])
  }

  private static func table(_ words: ArraySlice<UnknownWord>) -> HTML {
    Page.table(
      "Other words that fire", ["word", "fired", "of its clips", "as"],
      words.map { word in
        let share = Double(word.fired) / Double(max(1, word.clips))
        let answers = word.answers.prefix(6).enumerated().flatMap { index, answer in
          [index == 0 ? "" : ", ", HTML.name(answer.label), HTML(text: " \(answer.clips)")]
        }
        return [
          HTML.name(word.word), HTML(text: "\(word.fired)"),
          HTML(
            text: word.clips < Verdict.fewestClips
              ? "of \(word.clips)" : "\(TextCell.percent(share)) of \(word.clips)"),
          HTML(answers),
        ]
      })
  }
}

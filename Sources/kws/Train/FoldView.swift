import ArgumentParser
import KeywordSpotting

/// `--folds speaker` or `--folds 5`.
struct FoldOption: ExpressibleByArgument {
  let rule: CrossValidation.Rule

  init?(argument: String) {
    if argument == "speaker" {
      rule = .speaker
    } else if let count = Int(argument), count >= 2 {
      rule = .count(count)
    } else {
      return nil
    }
  }
}

/// The results of a cross-validation as text for a terminal.
enum FoldView {
  static func text(_ rows: [CrossValidation.Row]) -> String {
    let lines = rows.map { row in
      let who = row.speakers.prefix(3).joined(separator: ", ")
      let more = row.speakers.count > 3 ? ", and \(row.speakers.count - 3) more" : ""
      return "fold \(row.fold)  \(row.accuracy.text)  \(TextCell.visible(who))\(more)"
    }
    let (mean, deviation) = CrossValidation.summary(rows)
    let values = rows.compactMap(\.accuracy.value)
    let clips = rows.reduce(0) { $0 + $1.accuracy.n }
    let spread =
      "mean \(TextCell.fixed(mean * 100, 1))%, standard deviation over the \(rows.count) folds "
      + "\(TextCell.fixed(deviation * 100, 1)), from \(TextCell.fixed((values.min() ?? 0) * 100, 1))% to "
      + "\(TextCell.fixed((values.max() ?? 0) * 100, 1))%, \(clips) clips"
    return (lines + [spread]).joined(separator: "\n") + "\n"
  }
}

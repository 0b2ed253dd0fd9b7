import Basics
import Statistics

/// The first figure of a report, in words that do not promise more than the clips can tell.
struct HeadlineText {
  private let report: EvaluationReport

  init(_ report: EvaluationReport) { self.report = report }

  private var right: Int { report.accuracy.n - report.wrongCount }

  /// The model has met every clip: the figures say nothing of new ones.
  var isOfMetClips: Bool { report.basis == .met }

  /// Few clips, or an interval so wide that a percentage would be taken for more than it is.
  var isTooFewToTell: Bool { !isOfMetClips && report.accuracy.isTooFewToTell }

  /// What stands large: a percentage, or that there is none to be had.
  var figure: String {
    if isOfMetClips { return "no new clips" }
    return isTooFewToTell ? "too few to tell" : TextCell.percent(report.accuracy.value)
  }

  /// The share that a verdict may rest on: of new clips, or of the folds of the training; nil if there
  /// is none, or too few clips.
  var judged: Double? {
    if !isOfMetClips, !report.accuracy.isTooFewToTell { return report.accuracy.value }
    guard let words = report.subject.folds?.words, !words.isTooFewToTell else { return nil }
    return words.value
  }

  /// "96.6% of 117 clips are right", or what is known instead, for a sentence.
  var share: String {
    if isOfMetClips || isTooFewToTell {
      if let folds = report.subject.folds, judged != nil {
        return "by the folds of its training \(TextCell.percent(folds.words.value)) of "
          + "\(folds.words.n) clips of words are right"
      }
      return isOfMetClips
        ? "the model has met every clip here"
        : "\(right) of \(report.accuracy.n) clips are right, which are too few"
    }
    return "\(TextCell.percent(report.accuracy.value)) of \(report.accuracy.n) clips are right"
  }

  /// The clips are of so few known speakers that a new one may do much worse.
  var hasFewSpeakers: Bool { !voices.isEmpty }

  /// "accuracy 93.1% (92 of 99), 95% interval 86.4% to 96.6%", or why there is no such figure.
  var line: String {
    let count = "\(right) of \(report.accuracy.n)"
    let share = TextCell.percent(report.accuracy.value)
    if isOfMetClips {
      return "accuracy on new clips: not measured, the model has met every clip here "
        + "(\(count) right, \(share), which says nothing of new ones)"
    }
    guard isTooFewToTell else { return "accuracy \(share) (\(count))\(voices)\(interval)" }
    return "accuracy: too few clips to tell, \(count) right\(voices)\(interval)"
  }

  /// ", 95% interval 86.4% to 96.6%", or nothing.
  var interval: String {
    guard let low = report.accuracy.low, let high = report.accuracy.high else { return "" }
    return ", \(TextCell.fixed(report.interval.confidence * 100, 0))% interval "
      + "\(TextCell.percent(low)) to \(TextCell.percent(high))"
  }

  /// " of 2 speakers only": what few voices say of others.
  private var voices: String {
    let count = report.interval.speakers
    return (1..<5).contains(count) ? " of \(counted(count, "speaker")) only" : ""
  }

  /// What the folds of the training said, where the clips here say nothing.
  var folds: String? {
    guard isOfMetClips || isTooFewToTell, let folds = report.subject.folds else { return nil }
    return "by the folds of its training, \(folds.text)"
  }
}

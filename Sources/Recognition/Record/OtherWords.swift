import Basics

/// How a model answers to other words, where its training had no clips of any.
public struct OtherWords: Codable, Equatable, Sendable {
  /// Keywords less likely than this are answered with unknown.
  public var threshold: Float
  /// Share of the right answers to words that the threshold refuses, of speakers that the folds' models
  /// never met; nil where it was not chosen by them.
  public var refused: Double?
  /// Number of clips of English words that are part of the program.
  public var measured: Int
  /// Those of them that are answered as a word of the model.
  public var accepted: Int

  package init(threshold: Float, refused: Double?, measured: Int, accepted: Int) {
    (self.threshold, self.refused) = (threshold, refused)
    (self.measured, self.accepted) = (measured, accepted)
  }

  /// What the model was measured against, for people.
  package var text: String {
    let share = TextCell.percent(Double(accepted) / Double(max(1, measured)))
    let price =
      refused.map { " (which refuses \(TextCell.percent($0)) of the right answers)" } ?? ""
    return
      "other words: none were recorded; below \(TextCell.fixed(Double(threshold), 2)) the answer is "
      + "\(ClassLabel.unknown)\(price), and \(share) of \(counted(measured, "clip")) of other English "
      + "words, which are part of kws, are answered as a word (of words that built-in-words "
      + "does not know, more may be); record other words into "
      + "\(ClassLabel.unknown)/ for a better model and a figure, and count what talk sets off with kws "
      + "evaluate --alarm-audio"
  }
}

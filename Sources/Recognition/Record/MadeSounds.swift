import Basics

/// Sounds made of a training's own words, on which the threshold of a model was chosen that was trained
/// without clips of other words.
public struct MadeSounds: Codable, Equatable, Sendable {
  /// Number of sounds.
  public var count: Int
  /// Those that are answered as a word at the threshold.
  public var accepted: Int
  /// The threshold.
  public var threshold: Float

  package init(count: Int, accepted: Int, threshold: Float) {
    (self.count, self.accepted, self.threshold) = (count, accepted, threshold)
  }

  /// What the model was measured against, for people.
  package var text: String {
    let share = TextCell.percent(Double(accepted) / Double(max(1, count)))
    return
      "other words: none were recorded; below \(TextCell.fixed(Double(threshold), 2)) the answer is "
      + "\(ClassLabel.unknown), so that \(share) of \(counted(count, "sound")) made of the words "
      + "(reversed, halved, shuffled, joined) are answered as a word; record other words into "
      + "\(ClassLabel.unknown)/ for a better model and a figure, and count what talk sets off with kws "
      + "evaluate --alarm-audio"
  }
}

import Basics
import Statistics

/// What a cross-validation says of a training: the same training was done without a part of the
/// speakers, measured on them, and so with each part in turn.
public struct FoldRecord: Codable, Equatable, Sendable {
  /// Folds that were measured.
  public var count: Int
  /// Number of speakers of words; nil if they are not known and files were divided.
  public var speakers: Int?
  /// Right answers among all clips of words, each answered by a model that never met its speaker, or
  /// without known speakers, that clip.
  ///
  /// With known speakers the interval is widened by how much they differ (`Proportion.clustered`).
  public var words: Estimate
  /// Clips of other words that were answered with no word; nil if there are none.
  public var others: Estimate?
  /// The lowest and the highest share of right words of a fold.
  public var lowest: Double?
  /// The highest.
  public var highest: Double?

  /// A record of what was measured.
  package init(
    count: Int, speakers: Int?, words: Estimate, others: Estimate?, shares: [Double]
  ) {
    (self.count, self.speakers, self.words, self.others) = (count, speakers, words, others)
    (lowest, highest) = (shares.min(), shares.max())
  }

  /// What is wrong with the numbers, or nil; they come from a file that anyone may have written.
  var problem: String? {
    let counts = [count, speakers ?? 0, words.n, others?.n ?? 0]
    let estimates = [words, others].compactMap(\.self)
    let shares =
      estimates.flatMap { [$0.value, $0.low, $0.high] }.compactMap(\.self)
      + [lowest, highest].compactMap(\.self)
    return counts.allSatisfy((0...1 << 40).contains) && shares.allSatisfy((0.0...1.0).contains)
      ? nil : "figures of folds in the training record that make no sense"
  }
}

extension FoldRecord {
  /// Whom the figures stand for.
  package var whom: String {
    switch speakers {
    case 1: "other recordings of this speaker (another speaker was not measured)"
    case .some: "a new speaker"
    case nil: "other recordings (speakers are not known: a new one may do worse)"
    }
  }

  /// What to expect, in a sentence for people.
  package var text: String {
    var text = "expect for \(whom): words right \(words.text)"
    if let lowest, let highest, count > 1 {
      text += ", in the \(count) folds \(TextCell.percent(lowest)) to \(TextCell.percent(highest))"
    }
    if let others { text += "; other words rejected \(others.text)" }
    return text
  }
}

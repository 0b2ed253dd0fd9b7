import Datasets
import Recognition
import Statistics

/// Two models on the same clips.
///
/// In JSON this is the schema `kws-comparison`, version 1. Differences are the second model's share
/// of right answers minus the first's: below 0 the second is worse.
public struct PairedComparison: Encodable, Equatable, Sendable {
  /// One class of the clips.
  public struct ClassChange: Encodable, Equatable, Sendable {
    /// The class.
    public var label: String
    /// Number of its clips.
    public var support: Int
    /// Clips that the first model answers correctly.
    public var first: Int
    /// Clips that the second model answers correctly.
    public var second: Int
  }

  /// A clip that one model answers correctly and the other does not.
  public struct Flip: Encodable, Equatable, Sendable {
    /// The clip, relative to the dataset's root.
    public var path: String
    /// The clip's label.
    public var label: String
    /// The first model's answer.
    public var first: String
    /// The second model's answer.
    public var second: String
    /// Probability that the first model gives to the label, if known.
    public var firstProbability: Float?
    /// Probability that the second model gives to the label, if known.
    public var secondProbability: Float?
    /// How much the clip matters: the change in the probability of the label.
    var weight: Float {
      guard let firstProbability, let secondProbability else { return 0 }
      return abs(secondProbability - firstProbability)
    }
    /// Whether the second model's answer is the wrong one.
    public var isLoss: Bool { second != label }
  }

  /// Clips that one of the models has met.
  public struct Met: Encodable, Equatable, Sendable {
    /// The model that met them: 0 for the first, 1 for the second.
    public var model: Int
    /// The role of the clips for that model.
    public var role: ClipRole
    /// Number of clips.
    public var clips: Int
    /// Number that each model answers correctly.
    public var right: [Int]

    /// "met by B, trained on: 32 clips, A has 30 right, B 32".
    var text: String {
      let name = model == 0 ? "A" : "B"
      return "met by \(name), \(role.text): \(clips) clips, A has \(right[0]) right, B \(right[1])"
    }
  }

  /// Always `kws-comparison`.
  public var schema = "kws-comparison"
  /// Version of the schema.
  public var version = 1
  /// Names of the two models, for people.
  public var names: [String] = []
  /// The dataset, for people.
  public var dataset: String?
  /// The part of the dataset.
  public var split: String?
  /// Clips that could not be read, by either model.
  public var skipped: [SkippedClip]?
  /// Entries of the dataset that are not clips, by reason.
  public var leftOut: [LeftOut]?
  /// Warnings to read before using the figures.
  public var warnings: [String]?
  /// When and with what it was measured.
  public var measurement: Measurement?
  /// The clips that the figures are over; nil in older comparisons.
  public var basis: MeasuredBasis?
  /// Clips that a model has met, by model and role; with the basis `unseen` no other figure
  /// includes them.
  public var met: [Met]?
  /// Number of clips that both models were measured on.
  public var n: Int
  /// Number of clips that each model answers correctly.
  public var right: [Int]
  /// Number of clips that only the first answers correctly.
  public var onlyFirst: Int
  /// Number of clips that only the second answers correctly.
  public var onlySecond: Int
  /// The difference, with an interval by speaker if at least ten speakers are known.
  public var difference: Estimate
  /// Number of speakers in the bootstrap; 0 if there is no interval.
  public var speakers: Int
  /// P-value of McNemar's exact test, two-sided.
  public var mcNemar: Double
  /// One-sided p-value for the second being worse: by resampling speakers if `speakers` is above 0,
  /// else by McNemar's exact test.
  public var chanceOfLoss: Double
  /// False alarms of each model in the same audio without keywords; nil without such audio.
  public var alarms: [AlarmFigures]?
  /// The classes, sorted by name.
  public var classes: [ClassChange]
  /// Clips that one model answers correctly and the other does not: losses first, then
  /// by the change in the probability of the label, the largest first, then by path.
  public var flips: [Flip]
}

/// Why two sets of predictions cannot be compared.
public enum ComparisonError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A clip is in only one of the two, or twice in one.
  case otherClips(first: Int, second: Int, example: String)
  /// A clip has different labels in the two.
  case otherLabel(path: String, first: String, second: String)
  /// A clip has the same name in both but different audio.
  case otherSound(path: String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .otherClips(let first, let second, let example):
      "not the same clips: \(first) and \(second), '\(example)' is in one only or in one twice; "
        + "evaluate both on the same dataset and part"
    case .otherLabel(let path, let first, let second):
      "not the same labels: '\(path)' is '\(first)' in the first and '\(second)' in the second; "
        + "evaluate both on the same dataset with the same words"
    case .otherSound(let path):
      "not the same clips: the file '\(path)' has other bytes in the second than in the first; "
        + "evaluate both on the same dataset"
    }
  }
}

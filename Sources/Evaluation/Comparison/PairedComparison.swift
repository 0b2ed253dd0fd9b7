import Datasets
import Recognition
import Statistics

/// Two models on the same clips.
///
/// As JSON this is the schema `kws-comparison`, version 1. Differences are the second's share of
/// right answers less the first's: below 0 the second is worse.
public struct PairedComparison: Codable, Equatable, Sendable {
  /// One class of the clips.
  public struct ClassChange: Codable, Equatable, Sendable {
    /// The class.
    public var label: String
    /// Its clips.
    public var support: Int
    /// Those that the first model has right.
    public var first: Int
    /// Those that the second model has right.
    public var second: Int
  }

  /// A clip that one model has right and the other wrong.
  public struct Flip: Codable, Equatable, Sendable {
    /// The clip, relative to the dataset's root.
    public var path: String
    /// What was said.
    public var label: String
    /// What the first model answered.
    public var first: String
    /// What the second model answered.
    public var second: String
    /// Whether the second is the one that is wrong.
    public var isLoss: Bool { second != label }
  }

  /// Clips that one of the models has met.
  public struct Met: Codable, Equatable, Sendable {
    /// The model that met them: 0 for the first, 1 for the second.
    public var model: Int
    /// What they were to it.
    public var role: ClipRole
    /// How many.
    public var clips: Int
    /// Those that each model has right.
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
  /// Names of the two, for people.
  public var names: [String] = []
  /// The dataset, for people.
  public var dataset: String?
  /// The part of the dataset.
  public var split: String?
  /// Clips that could not be read, by either model.
  public var skipped: [SkippedClip]?
  /// What is in the dataset and is no clip, by reason.
  public var leftOut: [LeftOut]?
  /// What a person should know before using the figures.
  public var warnings: [String]?
  /// By what and when it was measured.
  public var measurement: Measurement?
  /// Which clips the figures are over; nil in comparisons of before this was told apart.
  public var basis: MeasuredBasis?
  /// Clips that a model has met, by model and role; with the basis `unseen` they are in no other
  /// figure.
  public var met: [Met]?
  /// Clips that both were measured on.
  public var n: Int
  /// Clips that each has right.
  public var right: [Int]
  /// Clips that only the first has right.
  public var onlyFirst: Int
  /// Clips that only the second has right.
  public var onlySecond: Int
  /// The difference, with an interval by speaker where at least ten are known.
  public var difference: Estimate
  /// Speakers that the interval was drawn from; 0 if there is none.
  public var speakers: Int
  /// McNemar's exact test, in both directions.
  public var mcNemar: Double
  /// The chance of such a loss if the second is not worse: resampled by speaker where `speakers`
  /// is above 0, else McNemar's exact test.
  public var chanceOfLoss: Double
  /// By class, in the order of the names.
  public var classes: [ClassChange]
  /// Clips that changed sides, losses first, then by path.
  public var flips: [Flip]
}

/// Why two sets of predictions cannot be compared.
public enum ComparisonError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A clip is in one of them only, or twice in one.
  case otherClips(first: Int, second: Int, example: String)
  /// A clip has different labels in the two.
  case otherLabel(path: String, first: String, second: String)
  /// A clip has the same name in the two and another sound.
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

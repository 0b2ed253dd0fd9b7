import Datasets
import Recognition
import Statistics

/// What a model does on a set of clips: computed once, written in several ways.
///
/// As JSON this is the schema `kws-evaluation`, version 1. A new version is one that a reader of
/// the old one would misunderstand; new keys do not make one.
public struct EvaluationReport: Codable, Equatable, Sendable {
  /// The figures of one class.
  public struct ClassFigures: Codable, Equatable, Sendable {
    /// The class.
    public var label: String
    /// Its clips.
    public var support: Int
    /// How often it was answered.
    public var answers: Int
    /// Share of its answers that were right.
    public var precision: Estimate
    /// Share of its clips that were answered right.
    public var recall: Estimate
    /// Harmonic mean of precision and recall.
    public var f1: Estimate
  }

  /// How the intervals were made.
  public struct IntervalMethod: Codable, Equatable, Sendable {
    /// The ways to make them.
    public enum Name: String, Codable, Sendable {
      /// Whole speakers drawn again, expanded percentiles; never narrower than Wilson's interval.
      case bootstrapBySpeaker
      /// Wilson's, as if clips were independent.
      case wilson
    }
    /// The way.
    public var name: Name
    /// How often the intervals are to hold.
    public var confidence: Double
    /// Speakers that are known.
    public var speakers: Int
    /// Clips of speech whose speaker is not known.
    public var clipsWithoutSpeaker: Int
    /// Draws of the bootstrap; 0 if there was none.
    public var resamples: Int
    /// What to bear in mind.
    public var note: String?
  }

  /// What was measured on what, in words for people.
  public struct Subject: Codable, Equatable, Sendable {
    /// The model's file.
    public var model: String?
    /// The dataset's root.
    public var dataset: String?
    /// The part of the dataset: training, validation, testing or all.
    public var split: String?

    /// "evaluated n of N clips", with the size of the whole dataset.
    public var coverage: String?

    /// Describes what was measured.
    public init(
      model: String? = nil, dataset: String? = nil, split: String? = nil, coverage: String? = nil
    ) {
      self.coverage = coverage
      self.model = model
      self.dataset = dataset
      self.split = split
    }
  }
  /// Always `kws-evaluation`.
  public var schema = Self.schemaName
  /// Version of the schema.
  public var version = Self.schemaVersion
  /// What was measured on what.
  public var subject: Subject
  /// Which clips the figures are over; nil in reports of before this was told apart.
  public var basis: MeasuredBasis?
  /// Clips that the model has met, by what they were to it; with the basis `unseen` they are in no
  /// other figure.
  public var met: [MetClips]?
  /// Clips that were evaluated.
  public var evaluated: Int
  /// Clips that were to be evaluated.
  public var total: Int
  /// Share of right answers.
  public var accuracy: Estimate
  /// Mean recall over the classes that have clips.
  public var balancedAccuracy: Estimate
  /// Mean F1 over the classes that have clips or answers.
  public var macroF1: Estimate
  /// Mean of -ln(probability of the clip's class), over clips of the model's classes.
  public var logLoss: Estimate
  /// Expected calibration error of the likeliest class, over clips of the model's classes.
  public var calibrationError: Estimate
  /// How the intervals were made.
  public var interval: IntervalMethod
  /// The classes, in the order of `confusion`.
  public var classes: [ClassFigures]
  /// Rows are what was said, columns what was answered, both in the order of `classes`; nil for more
  /// classes than `ManyClasses.mostInFiles`.
  public var confusion: [[Int]]?
  /// The same as the pairs that happened, row by row, where `confusion` is nil.
  public var confusionCells: [ConfusionMatrix.Cell]?
  /// Clips that were answered wrongly.
  public var wrongCount: Int
  /// The worst of them, worst first.
  public var wrong: [WrongClip]
  /// Clips that were not evaluated, with the reason.
  public var skipped: [SkippedClip]
  /// What is in the dataset and is no clip, by reason.
  public var leftOut: [LeftOut]?
  /// What a person should know before using the figures.
  public var warnings: [String]
  /// Clips by their highest probability, over clips of the model's classes.
  public var calibration: [CalibrationBin]?
  /// False alarms with the model's own thresholds; nil without audio that holds no keyword.
  public var alarms: AlarmFigures?
  /// Curves of the keywords.
  public var keywords: [KeywordCurve]?
  /// Right answers by part, noise, length and level.
  public var slices: [Slice]?
  /// The speakers with the lowest share of right answers, worst first.
  public var worstSpeakers: [Group]?
  /// The same clips of speech under other conditions, as recorded first; nil if not asked for.
  public var robustness: [ConditionFigures]?
  /// By what and when it was measured.
  public var measurement: Measurement?

  /// Name of the schema.
  public static let schemaName = "kws-evaluation"
  /// Version of the schema.
  public static let schemaVersion = 1
}

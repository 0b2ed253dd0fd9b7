import Basics
import Datasets
import Recognition
import Statistics

/// The figures of a model on a set of clips: computed once, rendered in several formats.
///
/// In JSON this is the schema `kws-evaluation`, version 1. The version rises if readers of the old
/// version would misunderstand the new one; new keys alone do not raise it.
public struct EvaluationReport: Codable, Equatable, Sendable {
  /// The figures of one class.
  public struct ClassFigures: Codable, Equatable, Sendable {
    /// The class.
    public var label: String
    /// Number of its clips.
    public var support: Int
    /// Number of answers with this class.
    public var answers: Int
    /// Share of these answers that are right.
    public var precision: Estimate
    /// Share of its clips that have a right answer.
    public var recall: Estimate
    /// Harmonic mean of precision and recall.
    public var f1: Estimate
  }

  /// How the intervals were made.
  public struct IntervalMethod: Codable, Equatable, Sendable {
    /// The methods.
    public enum Name: String, Codable, Sendable {
      /// Bootstrap over whole speakers with expanded percentiles; never narrower than Wilson's
      /// interval.
      case bootstrapBySpeaker
      /// Wilson's interval, as if clips were independent.
      case wilson
    }
    /// The method.
    public var name: Name
    /// The confidence level.
    public var confidence: Double
    /// Number of known speakers.
    public var speakers: Int
    /// Number of clips of speech whose speaker is not known.
    public var clipsWithoutSpeaker: Int
    /// Number of resamples of the bootstrap; 0 without a bootstrap.
    public var resamples: Int
    /// A limitation of the intervals, if any.
    public var note: String?
  }

  /// What was measured on what, in words for people.
  public struct Subject: Codable, Equatable, Sendable {
    /// The model's file.
    public var model: String?
    /// What the model was trained on, in words for people.
    public var training: String?
    /// The dataset's root.
    public var dataset: String?
    /// The part of the dataset: training, validation, testing or all.
    public var split: String?

    /// "evaluated n of N clips", with the size of the whole dataset.
    public var coverage: String?
    /// What the model's training found by folds; nil without folds.
    public var folds: FoldRecord?
    /// The shares of the classes that the model's probabilities stand for; nil if not known.
    public var prior: ClassPrior?

    /// Makes a subject.
    public init(
      model: String? = nil, dataset: String? = nil, split: String? = nil, coverage: String? = nil,
      folds: FoldRecord? = nil, prior: ClassPrior? = nil, training: String? = nil
    ) {
      (self.folds, self.prior, self.training) = (folds, prior, training)
      self.coverage = coverage
      self.model = model
      self.dataset = dataset
      self.split = split
    }
  }
  /// Always `kws-evaluation`.
  public var schema = Self.schemaName
  /// Version of the schema.
  public var version = Self.stored.current
  /// What was measured on what.
  public var subject: Subject
  /// The clips that the figures are over; nil in older reports.
  public var basis: MeasuredBasis?
  /// Clips that the model has met, by role; with the basis `unseen` no other figure includes them.
  public var met: [MetClips]?
  /// Number of clips that were evaluated.
  public var evaluated: Int
  /// Number of clips in the plan.
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
  /// Rows are labels, columns are answers, both in the order of `classes`; nil for more classes
  /// than `ManyClasses.mostInFiles`.
  public var confusion: [[Int]]?
  /// The same as a list of pairs that occur, row by row, if `confusion` is nil.
  public var confusionCells: [ConfusionMatrix.Cell]?
  /// Number of clips with a wrong answer.
  public var wrongCount: Int
  /// The worst of these clips, worst first.
  public var wrong: [WrongClip]
  /// Clips that were not evaluated, with the reason.
  public var skipped: [SkippedClip]
  /// Entries of the dataset that are not clips, by reason.
  public var leftOut: [LeftOut]?
  /// Warnings to read before using the figures.
  public var warnings: [String]
  /// Clips by their highest probability, over clips of the model's classes.
  public var calibration: [CalibrationBin]?
  /// False alarms with the model's own thresholds; nil without audio that has no keywords.
  public var alarms: AlarmFigures?
  /// Words that are no keywords and were answered with one, the most frequent first; at most 100.
  public var unknownWords: [UnknownWord]?
  /// Curves of the keywords.
  public var keywords: [KeywordCurve]?
  /// Accuracy by part, noise, length and level.
  public var slices: [Slice]?
  /// The speakers with the lowest share of right answers, worst first.
  public var worstSpeakers: [Group]?
  /// The same clips of speech under other conditions, the first as recorded; nil if not requested.
  public var robustness: [ConditionFigures]?
  /// When and with what it was measured.
  public var measurement: Measurement?

  /// Name of the schema.
  public static let schemaName = "kws-evaluation"
  static let stored = StoredFormat(schema: schemaName, key: "version")
}

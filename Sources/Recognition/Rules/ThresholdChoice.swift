/// A threshold for each keyword, chosen on measured clips to meet a target.
///
/// In JSON this is the schema `kws-thresholds`, version 1.
public struct ThresholdChoice: Codable, Equatable, Sendable {
  /// The choice for one keyword.
  public struct Keyword: Codable, Equatable, Sendable {
    /// The keyword.
    public var label: String
    /// The threshold chosen on all speakers.
    public var threshold: Float
    /// Number of the keyword's clips.
    public var positives: Int
    /// Number of other clips.
    public var negatives: Int
    /// Misses, with thresholds chosen on the other half of the speakers.
    public var misses: Int
    /// False accepts, by the same crossing over.
    public var falseAccepts: Int
    /// False alarms, by the same crossing over.
    public var falseAlarms: Int
    /// True if no threshold that meets the target accepts a clip of the keyword, so that it keeps the
    /// one that it had.
    public var isKept: Bool?

    package init(
      label: String, threshold: Float, positives: Int, negatives: Int, misses: Int,
      falseAccepts: Int, falseAlarms: Int
    ) {
      (self.label, self.threshold) = (label, threshold)
      (self.positives, self.negatives) = (positives, negatives)
      (self.misses, self.falseAccepts, self.falseAlarms) = (misses, falseAccepts, falseAlarms)
    }
  }

  /// A number of wrong answers by the thresholds before and, by crossing over, by those chosen.
  public struct Change: Codable, Equatable, Sendable {
    /// By the model's thresholds before.
    public var before: Int
    /// By the chosen ones.
    public var after: Int
    /// Number of clips.
    public var n: Int

    package init(before: Int, after: Int, n: Int) {
      (self.before, self.after, self.n) = (before, after, n)
    }
  }

  static let schemaName = "kws-thresholds"
  static let currentVersion = 1

  /// Always `kws-thresholds`.
  public var schema = Self.schemaName
  /// Version of the schema; a model's format implies it.
  public var version = Self.currentVersion
  /// The target that was requested.
  public var target: Target
  /// The part of the dataset that was used; nil if not known.
  public var split: String?
  /// Number of clips and recordings that were used; nil if not known.
  public var clips: Int?
  /// Number of those that the model was trained on; on them figures are too good.
  public var trainedOn: Int?
  /// Hours of audio without keywords.
  public var hours: Double
  /// The rule by which alarms were counted; nil if none were counted.
  public var rule: AlarmRule?
  /// The keywords, in the model's order.
  public var keywords: [Keyword]
  /// Alarms per hour of all keywords, by crossing over; nil without audio.
  public var alarmsPerHour: Double?
  /// One-sided 95% upper bound of that rate; nil without audio.
  public var alarmBound: Double?
  /// One-sided 95% lower bound of that rate; nil without audio.
  public var alarmLowBound: Double?
  /// Alarms per hour by the thresholds before; nil without audio.
  public var alarmsBefore: Double?
  /// Whether alarms were counted in recordings of talk; otherwise in other clips, end to end.
  public var isOverTalk: Bool?
  /// Clips of keywords that are not answered as such; nil without any.
  public var misses: Change?
  /// Clips of unknown words that are answered as a keyword; nil without any.
  public var accepted: Change?
  /// Whether the target is met.
  public var verdict: TargetVerdict?
  /// Why a rate of alarms is not proven, or nil.
  public var unproven: String?

  package init(
    target: Target, hours: Double, rule: AlarmRule?, keywords: [Keyword], alarmsPerHour: Double?,
    alarmBound: Double?, unproven: String?
  ) {
    (self.target, self.hours, self.rule, self.keywords) = (target, hours, rule, keywords)
    (self.alarmsPerHour, self.alarmBound, self.unproven) = (alarmsPerHour, alarmBound, unproven)
  }
}

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

    package init(
      label: String, threshold: Float, positives: Int, negatives: Int, misses: Int,
      falseAccepts: Int, falseAlarms: Int
    ) {
      (self.label, self.threshold) = (label, threshold)
      (self.positives, self.negatives) = (positives, negatives)
      (self.misses, self.falseAccepts, self.falseAlarms) = (misses, falseAccepts, falseAlarms)
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
  /// Why the target is not proven, or nil.
  public var unproven: String?

  package init(
    target: Target, hours: Double, rule: AlarmRule?, keywords: [Keyword], alarmsPerHour: Double?,
    alarmBound: Double?, unproven: String?
  ) {
    (self.target, self.hours, self.rule, self.keywords) = (target, hours, rule, keywords)
    (self.alarmsPerHour, self.alarmBound, self.unproven) = (alarmsPerHour, alarmBound, unproven)
  }
}

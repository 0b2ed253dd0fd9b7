/// A threshold for each keyword, chosen on measured clips to meet a target.
///
/// As JSON this is the schema `kws-thresholds`, version 1.
public struct ThresholdChoice: Codable, Equatable, Sendable {
  /// One keyword.
  public struct Keyword: Codable, Equatable, Sendable {
    /// The keyword.
    public var label: String
    /// The threshold on all speakers.
    public var threshold: Float
    /// Its clips, other clips and hours of audio without keywords.
    public var positives: Int
    /// Other clips.
    public var negatives: Int
    /// Misses with thresholds that were chosen on the other half of the speakers.
    public var misses: Int
    /// False accepts, likewise.
    public var falseAccepts: Int
    /// False alarms, likewise.
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

  /// Always `kws-thresholds`.
  public var schema = "kws-thresholds"
  /// Version of the schema.
  public var version = 1
  /// What was asked for.
  public var target: Target
  /// The part of the dataset that it was chosen on; nil where that is not known.
  public var split: String?
  /// Clips and recordings that it was chosen on; nil where that is not known.
  public var clips: Int?
  /// Those of them that the model was trained on: it knows them better than new ones.
  public var trainedOn: Int?
  /// Hours of audio without keywords.
  public var hours: Double
  /// What an alarm is; nil where none was counted.
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

import Basics
import Datasets
import Recognition
import Statistics

/// False alarms in audio without keywords, with the model's own thresholds.
public struct AlarmFigures: Codable, Equatable, Sendable {
  /// The alarms of one keyword.
  public struct Keyword: Codable, Equatable, Sendable {
    /// The keyword.
    public var label: String
    /// Number of its alarms.
    public var alarms: Int
  }

  /// The rule by which alarms were counted.
  public var rule: AlarmRule
  /// Audio without keywords, in hours: clips of unknown words and silence, and alarm recordings.
  public var hours: Double
  /// Number of alarms of all keywords.
  public var alarms: Int
  /// Alarms per hour.
  public var perHour: Double
  /// One-sided 95% upper bound of that rate (Poisson, Garwood 1936).
  public var upperBound: Double
  /// Share of the keywords' clips that were not answered with their keyword.
  public var missed: Estimate
  /// The keywords, in the model's order.
  public var keywords: [Keyword]
  /// Alarm recordings that could not be read.
  public var skipped: [SkippedClip]

  /// Computes the figures of an evaluation; nil without audio.
  init?(_ counts: EvaluationCounts, _ rule: AlarmRule, skipped: [SkippedClip]) {
    let hours = counts.quietHours.value
    guard hours > 0 else { return nil }
    self.rule = rule
    self.hours = hours
    self.skipped = skipped
    keywords = counts.labels.indices.filter { ClassLabel.isKeyword(counts.labels[$0]) }.map {
      Keyword(label: counts.labels[$0], alarms: counts.answeredAlarms[$0])
    }
    let alarms = keywords.reduce(0) { $0 + $1.alarms }
    self.alarms = alarms
    perHour = Double(alarms) / hours
    upperBound = PoissonRate.upperBound(events: alarms, exposure: hours)
    let indices = counts.labels.indices.filter { ClassLabel.isKeyword(counts.labels[$0]) }
    let rates = Rates(counts.confusion)
    let clips = indices.reduce(0) { $0 + rates.support[$1] }
    let found = indices.reduce(0) { $0 + rates.correct[$1] }
    missed =
      clips == 0
      ? Estimate(nil, n: 0, note: "no clips of keywords")
      : Estimate(
        Double(clips - found) / Double(clips), n: clips,
        Proportion.wilson(clips - found, of: clips))
  }

  /// The figures as a sentence.
  var text: String {
    "\(counted(alarms, "false alarm")) in \(TextCell.fixed(hours, 2)) h without "
      + "keywords: \(TextCell.fixed(perHour, 2)) an hour, at most \(TextCell.fixed(upperBound, 2)) "
      + "(95%, Poisson); \(TextCell.percent(missed.value)) of \(missed.n) keyword clips missed"
  }
}

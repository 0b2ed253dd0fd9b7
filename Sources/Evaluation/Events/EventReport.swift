import Datasets
import Recognition
import Statistics

/// How well a model finds keywords in whole recordings: computed once, written in several ways.
///
/// As JSON this is the schema `kws-events`, version 1. A new version is one that a reader of the old
/// one would misunderstand; new keys do not make one.
public struct EventReport: Encodable, Equatable, Sendable {
  /// What was counted of one keyword, or of all together.
  public struct Figures: Encodable, Equatable, Sendable {
    /// The keyword; nil for all together.
    public var label: String?
    /// Number of times that it is said.
    public var said: Int
    /// How often of these without a time.
    public var mentions: Int
    /// Number of times that it was found.
    public var found: Int
    /// Share of what is said that was not found.
    public var missed: Estimate
    /// Events of it at a word of another label.
    public var wrongWords: Int
    /// Events of it at no word that was left.
    public var falseAlarms: Int
    /// False alarms in an hour.
    public var falseAlarmsPerHour: Double
    /// One-sided 95% upper bound of that rate (Poisson, Garwood 1936).
    public var falseAlarmBound: Double
    /// From the word's end to the decision; nil where no word with a time was found.
    public var latency: Latency?
    /// One threshold after the other; points that differ from the next in the threshold only are left
    /// out.
    public var curve: [CurvePoint]
    /// What the curve gives where false alarms may be so many.
    public var atRates: [AtRate]
  }

  /// From the end of a word to the decision, over the words that were found, in milliseconds.
  ///
  /// Below 0 where the decision came before the end.
  public struct Latency: Encodable, Equatable, Sendable {
    /// Words.
    public var n: Int
    /// Half of the words are decided by then.
    public var median: Double
    /// Nine tenths.
    public var p90: Double
    /// Ninety-nine hundredths.
    public var p99: Double
    /// All.
    public var largest: Double
  }

  /// One threshold for all keywords.
  public struct CurvePoint: Encodable, Equatable, Sendable {
    /// The threshold.
    public var threshold: Float
    /// How much is found of what is said.
    public var found: Int
    /// False alarms.
    public var falseAlarms: Int
  }

  /// The lowest threshold from which on false alarms are no more than a rate.
  public struct AtRate: Encodable, Equatable, Sendable {
    /// False alarms in an hour, at most.
    public var perHour: Double
    /// The threshold; nil where none is high enough.
    public var threshold: Float?
    /// False alarms there.
    public var falseAlarms: Int
    /// Share of what is said that is not found there.
    public var missed: Estimate
  }

  /// How the intervals were made.
  public struct Interval: Encodable, Equatable, Sendable {
    /// `bootstrapBySpeaker`, `bootstrapByRecording` or `wilson`.
    public var name: String
    /// What was drawn again: speakers, or recordings.
    public var clusters: Int
    /// Draws of the bootstrap; 0 if there was none.
    public var resamples: Int
  }

  /// What an energy gate leaves out, and what that changes.
  public struct Gate: Encodable, Equatable, Sendable {
    /// Windows below this level are left out, in dB of full scale.
    public var decibels: Double
    /// Windows.
    public var windows: Int
    /// Those that are left out.
    public var skippedWindows: Int
    /// Their share.
    public var skippedShare: Double
    /// Words that are found without the gate and not with it.
    public var lostHits: Int
    /// Words that are found without the gate.
    public var hitsWithout: Int
    /// False alarms without the gate.
    public var falseAlarmsWithout: Int
  }

  /// Always `kws-events`.
  public var schema = "kws-events"
  /// Version of the schema.
  public var version = 1
  /// The model's file.
  public var model: String?
  /// The files of labels.
  public var labels: [String]
  /// Recordings that were measured.
  public var recordings: Int
  /// Their length, in hours.
  public var hours: Double
  /// How long after a word's end an event may be decided, in seconds.
  public var tolerance: Double
  /// What makes an event.
  public var rule: AlarmRule
  /// What the energy gate leaves out; nil without one.
  ///
  /// All other figures are with the gate.
  public var gate: Gate?
  /// By the model's own rule, all keywords together.
  public var all: Figures
  /// The keywords, in the model's order.
  public var keywords: [Figures]
  /// How the intervals were made.
  public var interval: Interval
  /// Events that are no hits, the surest first, up to 500.
  public var wrongEvents: [WrongEvent]
  /// How many there are.
  public var wrongEventCount: Int
  /// Words that no event found, the farthest from it first, up to 500.
  public var missedWords: [MissedWord]
  /// Recordings that could not be read, with the reason.
  public var skipped: [SkippedClip]
  /// What a person should know before using the figures.
  public var warnings: [String]
  /// By what and when it was measured.
  public var measurement: Measurement?
}

import Basics
import Recognition
import Statistics

/// What a report means, in one sentence, and what to do next; all of it follows from the figures.
public struct Verdict: Equatable, Sendable {
  /// How good the model is, for one who wants to use it.
  public enum Grade: String, Sendable {
    /// No figure speaks against using the model.
    case good
    /// It can be used, with the weakness that the sentence names.
    case fair
    /// It is of no use yet.
    case poor
    /// The clips cannot tell.
    case unknown
  }

  /// The grade.
  public let grade: Grade
  package let sentence: Phrase
  package let steps: [Phrase]

  /// The verdict, for people.
  public var text: String { sentence.text }
  /// What to do next, one sentence each, the most useful first.
  public var nextSteps: [String] { steps.map(\.text) }

  /// From this share of right answers on a model is good, and from the second on it is fair.
  static let shares = (good: 0.95, fair: 0.85)
  /// A word is clearly weak if the interval of its recall lies below this.
  static let weakRecall = 0.9
  /// Figures of fewer clips are no finding.
  static let fewestClips = 10

  /// Judges a report.
  public init(_ report: EvaluationReport) {
    let judged = Self.judge(report)
    (grade, sentence) = judged
    steps = Findings.all(report)
  }

  private static func judge(_ report: EvaluationReport) -> (Grade, Phrase) {
    let headline = HeadlineText(report)
    guard report.accuracy.n > 0 else { return (.unknown, "Cannot tell: no clip was measured.") }
    let share: Phrase = "\(headline.share)"
    if let alarms = report.alarms, alarms.grade == .poor {
      return (
        .poor,
        "Not ready: \(rate(alarms)), \(headline.judged == nil ? "and" : "although") \(share)."
      )
    }
    let unknown = report.classes.first { $0.label == ClassLabel.unknown }
    if let unknown, isClearlyBelow(0.5, unknown.recall), let recall = unknown.recall.value {
      let taken = unknown.support - Int((recall * Double(unknown.support)).rounded())
      return (
        .poor,
        "Not ready: \(taken) of \(unknown.support) clips of other words are taken for keywords."
      )
    }
    guard let value = headline.judged else {
      return (.unknown, "Cannot tell yet: \(share).")
    }
    if value < shares.fair { return (.poor, "Not ready: \(share).") }
    if let weakness = weakness(report, headline) {
      return (.fair, "Usable with care: \(share), but \(weakness).")
    }
    if value < shares.good { return (.fair, "Usable with care: \(share).") }
    let alarms: Phrase =
      report.alarms.map { "\(rate($0))" } ?? "false alarms were not measured"
    return (.good, "Good: \(share); \(alarms).")
  }

  /// The first thing that speaks against a model whose accuracy is fair or good.
  private static func weakness(_ report: EvaluationReport, _ headline: HeadlineText) -> Phrase? {
    if let alarms = report.alarms, alarms.grade == .fair { return rate(alarms) }
    let weak = report.classes.filter { isClearlyBelow(weakRecall, $0.recall) }
      .min { ($0.recall.value!, $0.label) < ($1.recall.value!, $1.label) }
    if let weak {
      let share = TextCell.percent(weak.recall.value)
      return weak.label == ClassLabel.unknown
        ? "only \(share) of the clips of other words are rejected"
        : "\(name: weak.label) is recognised in only \(share) of its \(weak.support) clips"
    }
    return headline.hasFewSpeakers ? "of few speakers: a new one may do worse" : nil
  }

  private static func isClearlyBelow(_ share: Double, _ estimate: Estimate) -> Bool {
    estimate.n >= fewestClips && estimate.value != nil && estimate.high ?? 1 < share
  }

  /// "248.8 false alarms an hour in 0.83 h without keywords".
  private static func rate(_ alarms: AlarmFigures) -> Phrase {
    let hours = "\(alarms.duration) without keywords"
    if alarms.alarms == 0 { return "no false alarm in \(hours)" }
    if alarms.alarms < AlarmFigures.fewAlarms {
      return "\(counted(alarms.alarms, "false alarm")) in \(hours)"
    }
    return "\(TextCell.fixed(alarms.perHour, 1)) false alarms an hour in \(hours)"
  }
}

extension AlarmFigures {
  /// Rates that are proven to be above these, in alarms an hour, are fair and poor.
  ///
  /// Devices in homes are made for less than one in some hours; more than ten an hour nobody bears.
  private static let rates = (fair: 1.0, poor: 10.0)

  /// Fewer alarms are told by their number, and do not make a model poor.
  static let fewAlarms = 5

  /// The length of the audio, such as "41 s" or "2.50 h".
  var duration: String {
    hours < 0.1 ? "\(TextCell.fixed(hours * 3_600, 0)) s" : "\(TextCell.fixed(hours, 2)) h"
  }

  /// How good the rate is, as far as the audio proves it; a single alarm is no finding.
  var grade: Verdict.Grade {
    let least = PoissonRate.lowerBound(events: alarms, exposure: hours)
    if least > Self.rates.poor, alarms >= Self.fewAlarms { return .poor }
    if least > Self.rates.fair, alarms > 1 { return .fair }
    return upperBound <= Self.rates.fair ? .good : .unknown
  }
}

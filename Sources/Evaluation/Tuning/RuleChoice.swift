import Basics
import Recognition
import Statistics

/// A rule for listening, chosen on labelled recordings to meet a target, and what is proven of it.
///
/// As JSON this is the schema `kws-rule`, version 1.
public struct RuleChoice: Codable, Equatable, Sendable {
  /// One keyword.
  public struct Keyword: Codable, Equatable, Sendable {
    /// The keyword.
    public var label: String
    /// The averaged posterior at which it fires.
    public var threshold: Float
    /// How often it is said.
    public var said: Int
    /// Misses by crossing over.
    public var missed: Int
    /// False alarms by crossing over.
    public var falseAlarms: Int
  }

  /// What a rule gives.
  public struct Result: Codable, Equatable, Sendable {
    /// Share of what is said that is missed.
    public var missed: Estimate
    /// False alarms.
    public var falseAlarms: Int
    /// False alarms in an hour.
    public var perHour: Double
    /// One-sided 95% upper bound of that rate (Poisson, Garwood 1936).
    public var bound: Double
  }

  /// Always `kws-rule`.
  public var schema = "kws-rule"
  /// Version of the schema.
  public var version = 1
  /// What was asked for.
  public var target: ThresholdChoice.Target
  /// The rule.
  public var rule: AlarmRule
  /// Recordings that it was chosen on.
  public var recordings: Int
  /// Those of them that the model was trained on: it knows them better than new ones.
  public var trainedOn: Int
  /// Their length, in hours.
  public var hours: Double
  /// How long after a word's end an event may be decided, in seconds.
  public var tolerance: Double
  /// Rules that were tried, each at every threshold.
  public var tried: Int
  /// By crossing over: each half of the speakers is judged by the rule that the other half chose.
  public var crossed: Result
  /// The rule itself, on the recordings that chose it.
  public var chosen: Result
  /// The keywords, in the model's order.
  public var keywords: [Keyword]
  /// Why the target is not proven, or nil.
  public var unproven: String?

  /// The choice as JSON, keys sorted, with a line feed at the end.
  package var json: String {
    // Figures are finite, so nothing can fail.
    String(decoding: try! jsonEncoder(pretty: true).encode(self), as: UTF8.self) + "\n"
  }

  /// The choice for a terminal.
  package var text: String {
    let width = max(7, keywords.map { TextCell.width(TextCell.visible($0.label)) }.max() ?? 7)
    var text = TextCell.left("keyword", width) + "  threshold   said  missed  false\n"
    for keyword in keywords {
      text += TextCell.left(TextCell.visible(keyword.label), width)
      text += TextCell.right(TextCell.fixed(Double(keyword.threshold), 4), 11)
      text += TextCell.right("\(keyword.said)", 7) + TextCell.right("\(keyword.missed)", 8)
      text += TextCell.right("\(keyword.falseAlarms)", 7) + "\n"
    }
    text += "counts by crossing over two halves of the speakers or recordings\n"
    text += "\(rule.text)\n"
    text += "chosen of \(tried) rules at every threshold, on \(recordings) recordings, "
    text += "\(TextCell.fixed(hours, 2)) h\n"
    text += "on these recordings: \(chosen.text)\n"
    text += "by crossing over:    \(crossed.text)\n"
    if let trainedOnWarning { text += "warning: \(trainedOnWarning)\n" }
    return text
  }

  /// That the rule was chosen on recordings that the model knows, or nil.
  package var trainedOnWarning: String? {
    trainedOn == 0
      ? nil
      : "\(trainedOn) of \(recordings) recordings were trained on: the model is surer of them than of "
        + "new ones, and the figures flatter"
  }
}

extension RuleChoice.Result {
  init(found: Int, falseAlarms: Int, said: Int, hours: Double) {
    missed = Estimate(
      Double(said - found) / Double(said), n: said, Proportion.wilson(said - found, of: said))
    self.falseAlarms = falseAlarms
    perHour = Double(falseAlarms) / hours
    bound = PoissonRate.upperBound(events: falseAlarms, exposure: hours)
  }

  /// In a line.
  var text: String {
    "missed \(missed.text), \(TextCell.fixed(perHour, 2)) false alarms an hour (\(falseAlarms)), at "
      + "most \(TextCell.fixed(bound, 2)) (95%, Poisson)"
  }
}

extension KeywordModel {
  /// Takes a rule for listening that was chosen by measuring, and notes on which recordings.
  public mutating func take(_ choice: RuleChoice, chosenOn recordings: ClipSet) {
    window.hopSeconds = choice.rule.hopSeconds
    rule = choice.rule.listening ?? rule
    // Clips that chose thresholds for single clips go on to count as met.
    let others = decision.choice == nil ? ClipSet() : history.thresholds.clips
    history.thresholds = ClipRecord(clips: others.union(recordings))
  }
}

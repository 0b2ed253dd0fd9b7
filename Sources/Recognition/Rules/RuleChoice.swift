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
    /// True if the rule finds none of what is said of the keyword.
    public var findsNothing: Bool?

    package init(
      label: String, threshold: Float, said: Int, missed: Int, falseAlarms: Int,
      findsNothing: Bool? = nil
    ) {
      self.findsNothing = findsNothing
      (self.label, self.threshold) = (label, threshold)
      (self.said, self.missed, self.falseAlarms) = (said, missed, falseAlarms)
    }
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
    /// One-sided 95% lower bound.
    public var lowBound: Double?

    package init(found: Int, falseAlarms: Int, said: Int, hours: Double) {
      missed = Estimate(
        Double(said - found) / Double(said), n: said, Proportion.wilson(said - found, of: said))
      self.falseAlarms = falseAlarms
      perHour = Double(falseAlarms) / hours
      bound = PoissonRate.upperBound(events: falseAlarms, exposure: hours)
      lowBound = PoissonRate.lowerBound(events: falseAlarms, exposure: hours)
    }
  }

  private static let schemaName = "kws-rule"
  private static let currentVersion = 1

  /// Always `kws-rule`.
  public var schema = Self.schemaName
  /// Version of the schema.
  public var version = Self.currentVersion
  /// What was asked for.
  public var target: ThresholdChoice.Target
  /// The rule.
  public var rule: AlarmRule
  /// Recordings that it was chosen on.
  public var recordings: Int
  /// Number of those that the model was trained on; on them figures are too good.
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
  /// Whether the target is met, by crossing over.
  public var verdict: TargetVerdict?
  /// Why the target is not proven, or nil.
  public var unproven: String?

  package init(
    target: ThresholdChoice.Target, rule: AlarmRule, recordings: Int, trainedOn: Int, hours: Double,
    tolerance: Double, tried: Int, crossed: Result, chosen: Result, keywords: [Keyword],
    verdict: TargetVerdict? = nil, unproven: String?
  ) {
    self.verdict = verdict
    (self.target, self.rule, self.recordings) = (target, rule, recordings)
    (self.trainedOn, self.hours, self.tolerance) = (trainedOn, hours, tolerance)
    (self.tried, self.crossed, self.chosen) = (tried, crossed, chosen)
    (self.keywords, self.unproven) = (keywords, unproven)
  }
}

extension RuleChoice {
  /// What is wrong with the numbers of a stored choice, or nil.
  package var problem: String? {
    if schema != Self.schemaName || version != Self.currentVersion {
      return "\(schema) of version \(version), where \(Self.schemaName) of version "
        + "\(Self.currentVersion) was expected"
    }
    let counts = [recordings, trainedOn, tried, crossed.missed.n, chosen.missed.n]
    let shares = [crossed, chosen].flatMap { [$0.missed.value, $0.missed.low, $0.missed.high] }
    guard counts.allSatisfy((0...1 << 40).contains),
      shares.compactMap(\.self).allSatisfy((0.0...1.0).contains)
    else { return "an invalid number in the record of its choice" }
    return nil
  }
}

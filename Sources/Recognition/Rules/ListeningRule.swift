/// When the posteriors of a stream's windows make an event: the one rule for listening, for long
/// recordings and for false alarms.
///
/// The posteriors of each window are averaged with those of the windows before it. A keyword whose
/// average reaches its threshold in enough windows in a row fires, unless an event is under way. The
/// event goes on while its keyword stays at or above the threshold to release, and for the refractory
/// time after that; a keyword that reaches its threshold within that time prolongs it. So a word said
/// twice fires twice where the pause between is longer than the refractory time.
///
/// The step from window to window is `ClipWindow.hopSeconds`.
public struct ListeningRule: Equatable, Sendable {
  /// What one keyword has to meet.
  public struct Conditions: Equatable, Sendable {
    /// The averaged posterior at which the keyword fires; nil takes the decision's threshold.
    public var threshold: Float?
    /// The keyword is released below this share of its threshold, 0 to 1.
    public var releaseShare: Float = 1
    /// Windows in a row that must reach the threshold.
    public var leastWindows = 1
    /// Nothing else fires for so long after the last window of an event, in seconds.
    ///
    /// From window start to window start.
    public var refractorySeconds = 1.0

    /// Fires on one window at the decision's threshold; nothing else fires within a second.
    public init() {}
  }

  /// Windows whose posteriors are averaged: the newest and those before it.
  public var smoothing = 1
  /// Whether a keyword must also be the likeliest of all classes, unknown and silence among them.
  public var mustBeLikeliest = true
  /// How long after a keyword fires the decision waits for a likelier one, in seconds; nil waits
  /// until the event is over.
  public var settleSeconds: Double? = 0
  /// For all keywords that have none of their own.
  public var conditions = Conditions()
  /// Conditions of single keywords, which stand before the general ones.
  public var keywords: [String: Conditions] = [:]

  /// Fires at once on one window that is answered with a keyword.
  public init() {}

  /// What models of formats 1 and 2 did: a run of windows that are answered with a keyword is one
  /// event, named by the likeliest of them once it is over.
  package static var runsOfAnswers: ListeningRule {
    var rule = ListeningRule()
    rule.settleSeconds = nil
    return rule
  }

  /// The conditions of a keyword.
  public subscript(keyword: String) -> Conditions { keywords[keyword] ?? conditions }

  /// Lets the model's decision say at which posterior each keyword fires.
  package mutating func takeThresholdsOfDecision() {
    conditions.threshold = nil
    for keyword in keywords.keys { keywords[keyword]!.threshold = nil }
  }
}

extension ListeningRule {
  /// The averaged posterior at which a keyword fires.
  public func threshold(of keyword: String, _ decision: Decision) -> Float {
    self[keyword].threshold ?? decision.threshold(of: keyword)
  }
}

/// The rule by which the posteriors of a stream's windows give events.
///
/// Listening, long recordings and the count of false alarms all use it.
///
/// The posteriors of each window are averaged with those of the windows before it. If a keyword's
/// average reaches its threshold in enough windows in a row, it fires, unless another event is not
/// over yet. An event lasts while its keyword stays at or above the release threshold, and for the
/// refractory time after that; if the keyword reaches its threshold within that time, this prolongs it.
/// So a word said twice fires twice if the pause is longer than the refractory time. Another keyword
/// may follow a decided event sooner: if the first of its windows begins half a window or more after the
/// last one of the event.
///
/// The hop from window to window is `ClipWindow.hopSeconds`.
public struct ListeningRule: Equatable, Sendable {
  /// The conditions for one keyword.
  public struct Conditions: Equatable, Sendable {
    /// The averaged posterior at which the keyword fires; nil means the decision's threshold.
    public var threshold: Float?
    /// The keyword is released below this share of its threshold, 0 to 1.
    public var releaseShare: Float = 1
    /// Windows in a row that must reach the threshold.
    public var leastWindows = 1
    /// Time after the last window of an event in which the keyword does not fire again, in seconds.
    ///
    /// From window start to window start.
    public var refractorySeconds = 1.0

    /// Fires on one window at the decision's threshold; not again within a second.
    public init() {}
  }

  /// Windows whose posteriors are averaged: the newest and those before it.
  public var smoothing = 1
  /// The shares of the classes that the posteriors stand for; nil means the decision's.
  ///
  /// In continuous sound most windows hold no keyword, so that equal shares would fire too often.
  public var prior: PriorTarget?
  /// Whether a keyword must also be the likeliest of all classes, including unknown and silence.
  public var mustBeLikeliest = true
  /// How long after a keyword fires the decision waits for a likelier one, in seconds; nil waits
  /// until the event is over.
  public var settleSeconds: Double? = 0
  /// The conditions for keywords without their own.
  public var conditions = Conditions()
  /// Conditions of single keywords, used instead of the general ones.
  public var keywords: [String: Conditions] = [:]

  /// Share of a window's length after which another keyword may follow: the middle of a window in which
  /// one word stood is then its edge.
  package static let nextWordShare = 0.5
  /// By so much less is still half a window, in seconds.
  package static let nextWordSlack = 1e-6

  /// The default rule: fires at once on one window whose answer is a keyword.
  public init() {}

  /// The rule of models of formats 1 and 2: a run of windows whose answer is a keyword is one
  /// event, decided when it is over and named by the likeliest keyword.
  package static var runsOfAnswers: ListeningRule {
    var rule = ListeningRule()
    rule.settleSeconds = nil
    return rule
  }

  /// The conditions of a keyword.
  public subscript(keyword: String) -> Conditions { keywords[keyword] ?? conditions }

  /// Uses the thresholds of the model's decision for all keywords, and the prior they were chosen at.
  package mutating func takeThresholdsOfDecision() {
    prior = nil
    conditions.threshold = nil
    for keyword in keywords.keys { keywords[keyword]!.threshold = nil }
  }
}

extension ListeningRule {
  /// The averaged posterior at which a keyword fires.
  public func threshold(of keyword: String, _ decision: Decision) -> Float {
    self[keyword].threshold ?? decision.threshold(of: keyword)
  }

  /// (C): from posteriors at the decision's prior to those at the rule's; nil if they are equal.
  package func factors(_ decision: Decision, _ labels: [String]) -> [Float]? {
    prior.flatMap { decision.prior.factors(to: $0, labels) }
  }
}

/// Posteriors times factors, with the sum 1; without factors as they are.
package func scaled(_ posteriors: [Float], by factors: [Float]?) -> [Float] {
  guard let factors else { return posteriors }
  let products = zip(posteriors, factors).map(*)
  let sum = products.reduce(0, +)
  return products.map { $0 / sum }
}

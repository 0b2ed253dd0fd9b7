extension KeywordModel {
  /// Sets one threshold for all keywords, which was not chosen on clips.
  public mutating func take(threshold: Float) {
    decision.threshold = threshold
    decision.thresholds = [:]
    decision.choice = nil
    rule.takeThresholdsOfDecision()
    ruleChoice = nil
    history.thresholds = ClipRecord()
  }
}

import Recognition

extension KeywordModel {
  /// Sets thresholds that were chosen by measuring, and records the clips.
  public mutating func take(_ choice: ThresholdChoice, chosenOn clips: ClipSet) {
    for keyword in choice.keywords { decision.thresholds[keyword.label] = keyword.threshold }
    decision.choice = choice
    rule.takeThresholdsOfDecision()
    history.thresholds = ClipRecord(clips: clips)
  }

  /// Sets one threshold for all keywords, which was not chosen on clips.
  public mutating func take(threshold: Float) {
    decision.threshold = threshold
    decision.thresholds = [:]
    decision.choice = nil
    rule.takeThresholdsOfDecision()
    history.thresholds = ClipRecord()
  }
}

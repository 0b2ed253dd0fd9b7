import Recognition

extension KeywordModel {
  /// Takes thresholds that were chosen by measuring, and notes on which clips.
  public mutating func take(_ choice: ThresholdChoice, chosenOn clips: ClipSet) {
    for keyword in choice.keywords { decision.thresholds[keyword.label] = keyword.threshold }
    decision.choice = choice
    rule.takeThresholdsOfDecision()
    history.thresholds = ClipRecord(clips: clips)
  }

  /// Takes one threshold for all keywords, which no clips have chosen.
  public mutating func take(threshold: Float) {
    decision.threshold = threshold
    decision.thresholds = [:]
    decision.choice = nil
    rule.takeThresholdsOfDecision()
    history.thresholds = ClipRecord()
  }
}

import Recognition

extension KeywordModel {
  /// Sets thresholds that were chosen by measuring, and records the clips.
  public mutating func take(_ choice: ThresholdChoice, chosenOn clips: ClipSet) {
    for keyword in choice.keywords { decision.thresholds[keyword.label] = keyword.threshold }
    decision.choice = choice
    rule.takeThresholdsOfDecision()
    ruleChoice = nil
    history.thresholds = ClipRecord(clips: clips)
  }

  /// Takes a rule for listening that was chosen by measuring, with what is proven of it and the
  /// recordings that chose it.
  public mutating func take(_ choice: RuleChoice, chosenOn recordings: ClipSet) {
    window.hopSeconds = choice.rule.hopSeconds
    rule = choice.rule.listening ?? rule
    ruleChoice = choice
    // Clips that chose thresholds for single clips go on to count as met.
    let others = decision.choice == nil ? ClipSet() : history.thresholds.clips
    history.thresholds = ClipRecord(clips: others.union(recordings))
  }
}

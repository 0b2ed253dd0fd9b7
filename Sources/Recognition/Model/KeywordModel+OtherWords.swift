extension KeywordModel {
  /// What it was measured against in place of other words; nil if there were some, or if it answers by
  /// other thresholds now.
  package var otherWordsText: String? {
    guard let others = record.otherWords, others.threshold == decision.threshold,
      decision.thresholds.isEmpty
    else { return nil }
    return others.text
  }
}

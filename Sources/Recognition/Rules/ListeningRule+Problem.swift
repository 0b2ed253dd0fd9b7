import Basics

extension ListeningRule {
  /// Allowed numbers of windows to average or to require in a row: at most a hundred hops fit into
  /// a window.
  package static let windowCounts = 1...100
  /// Allowed times, in seconds.
  package static let times = 0.0...3_600

  /// What is wrong with the numbers, for a model with this decision and these labels, or nil.
  package func problem(_ decision: Decision, labels: [String]) -> String? {
    if !Self.windowCounts.contains(smoothing) {
      return "the posteriors of \(Self.windowCounts) windows are averaged, not of \(smoothing)"
    }
    if let settleSeconds, !Self.times.contains(settleSeconds) {
      return "the decision may wait for \(Self.times) s, not for \(settleSeconds)"
    }
    if let prior, let problem = decision.prior.problem(prior, labels) { return problem }
    let known = Set(labels.filter(ClassLabel.isKeyword))
    for (keyword, conditions) in keywords.sorted(by: { $0.key < $1.key }) {
      guard known.contains(keyword) else {
        return "the rule names \"\(keyword)\", which is no keyword of the model"
      }
      if let problem = conditions.problem { return "\(keyword): \(problem)" }
    }
    if let problem = conditions.problem { return problem }
    if !mustBeLikeliest,
      let keyword = known.sorted().first(where: { threshold(of: $0, decision) <= 0 })
    {
      return "\(keyword) would always fire: its threshold is 0, and it need not be the likeliest"
    }
    return nil
  }
}

extension ListeningRule.Conditions {
  /// What is wrong with the numbers, or nil.
  fileprivate var problem: String? {
    if let threshold, !(0...1).contains(threshold) {
      return "a threshold must lie between 0 and 1, not at \(threshold)"
    }
    if !(0...1).contains(releaseShare) {
      return "the share of a threshold must lie between 0 and 1, not at \(releaseShare)"
    }
    if !ListeningRule.windowCounts.contains(leastWindows) {
      return "\(ListeningRule.windowCounts) windows in a row fire, not \(leastWindows)"
    }
    if !ListeningRule.times.contains(refractorySeconds) {
      return "the refractory time must lie within \(ListeningRule.times) s, not at "
        + "\(refractorySeconds)"
    }
    return nil
  }
}

import Sound

extension KeywordModel {
  /// What is wrong with the rule for listening or the windows, after a change, or nil.
  package var listeningProblem: String? {
    if let problem = rule.problem(decision, labels: labels) { return problem }
    // The options were checked when the model was made or read.
    return window.problem(with: try! FrontEnd(frontEnd), network.shape)
  }
}

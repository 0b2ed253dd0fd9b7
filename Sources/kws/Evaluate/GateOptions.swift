import ArgumentParser
import KeywordSpotting
import SystemPackage

/// Conditions for an evaluation to exit with 1, for continuous integration.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report folder of an earlier evaluation over the same clips.", valueName: "folder"))
  var baseline: String?
  @Option(
    name: .customLong("fail-if-worse"), defaultAsFlag: 0,
    help: ArgumentHelp(
      "Exit 1 if more points are lost than this (default: 0) and the loss is significant (p < 0.05).",
      valueName: "points"))
  var allowance: Double?
  @Option(help: ArgumentHelp("Exit 1 if the accuracy is lower.", valueName: "percent"))
  var minimumAccuracy: Double?

  func validate() throws {
    if allowance != nil && baseline == nil {
      throw ValidationError("--fail-if-worse needs --baseline, the folder of an earlier report")
    }
    if let allowance, !(0...100).contains(allowance) {
      throw ValidationError(
        "--fail-if-worse must be 0 to 100 points, not \(allowance)")
    }
    if let minimumAccuracy, !(0...100).contains(minimumAccuracy) {
      throw ValidationError(
        "--minimum-accuracy must be 0 to 100 percent, not \(minimumAccuracy)")
    }
  }

  /// Whether any condition was given.
  var isUsed: Bool { baseline != nil || minimumAccuracy != nil }

  /// Reads the baseline's answers; called before any work.
  func baselineAnswers() throws -> PairedAnswers? {
    guard let baseline else { return nil }
    let path = RawArguments.path(baseline).appending("predictions.csv")
    var answers = PairedAnswers()
    do {
      try PredictionTable.forEach(in: path) { answers.addFirst($0) }
    } catch let error as PredictionTable.ReadError { throw Failure.badData("\(path), \(error)") }
    return answers
  }

  /// Compares, prints the result, and throws if a condition does not hold.
  func check(_ report: EvaluationReport, _ answers: PairedAnswers?) throws {
    var reasons: [String] = []
    if minimumAccuracy != nil, report.basis == .met {
      StandardError.line(
        "kws: warning: the accuracy is over clips that the model has met, so it is too optimistic")
    }
    if let answers {
      var generator = SeededGenerator(seed: 0)
      let comparison = try answers.comparison(using: &generator)
      if answers.lacksSounds {
        StandardError.line(
          "kws: warning: the baseline has no hashes of its files, so clips are compared by name: "
            + "evaluate it again")
      }
      StandardError.line(
        "baseline: \(comparison.right[0]) of \(comparison.n) right, now \(comparison.right[1])")
      comparison.metLines.forEach(StandardError.line)
      if let allowance, let reason = Gate.loss(comparison, allowing: allowance) {
        reasons.append(reason)
      }
    }
    if let minimumAccuracy, let reason = Gate.accuracy(report, atLeast: minimumAccuracy) {
      reasons.append(reason)
    }
    if !reasons.isEmpty { throw Failure.condition(reasons.joined(separator: "; ")) }
  }
}

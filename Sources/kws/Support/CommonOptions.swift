import ArgumentParser
import KeywordSpotting

/// `--threads`.
struct ThreadOption: ParsableArguments {
  @Option(help: "Threads (default: one per core).") var threads: Int?

  /// The requested number of threads, or one per core.
  var count: Int { Machine.threads(threads) }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be 1 to 1,024, not \(threads)")
    }
  }
}

/// `--channel`.
struct ChannelOption: ParsableArguments {
  @Option(help: "Channel to read, from 1 (default: the model's, or the mean of all).")
  var channel: Int?

  func validate() throws {
    if let channel, channel < 1 { throw ValidationError("channels count from 1, not \(channel)") }
  }

  /// Prints a remark if another channel is read than the model was trained on.
  func remark(on model: KeywordModel, quiet: Bool) {
    guard let channel, channel != model.channel, !quiet else { return }
    StandardError.line(
      "kws: reads channel \(channel); the model was trained on "
        + (model.channel.map { "channel \($0)" } ?? KeywordModel.name(ofChannel: nil)))
  }
}

/// `--threshold`.
struct ThresholdOption: ParsableArguments {
  @Option(help: "Answer \(ClassLabel.unknown) below this probability (default: the model's).")
  var threshold: Float?

  func validate() throws {
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold must be 0 to 1, not \(threshold)")
    }
  }

  /// Sets one threshold for all keywords, if one was given.
  func apply(to model: inout KeywordModel) {
    if let threshold { model.take(threshold: threshold) }
  }
}

/// `--prior`.
struct PriorOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Shares of the classes that probabilities stand for: equal, trained, or shares such as "
        + "_unknown_=0.9,yes=0.02, where the other classes divide the rest (default: the model's).",
      valueName: "shares"))
  var prior: String?

  /// What was given, or nil.
  var target: PriorTarget? { prior.flatMap { PriorTarget($0) } }

  func validate() throws {
    if let prior, target == nil {
      throw ValidationError(
        "--prior must be equal, trained, or shares such as _unknown_=0.9,yes=0.02, not \(prior)")
    }
  }

  /// Sets the prior of the answers, if one was given.
  func apply(to model: inout KeywordModel) throws {
    guard let target else { return }
    try check(target, model)
    model.decision.prior.target = target
  }

  /// Sets the prior of the rule for listening, if one was given.
  func applyToRule(of model: inout KeywordModel) throws {
    guard let target else { return }
    try check(target, model)
    model.rule.prior = target
  }

  private func check(_ target: PriorTarget, _ model: KeywordModel) throws {
    if let problem = model.decision.prior.problem(target, model.labels) {
      throw Failure.badData("--prior \(target): \(problem)")
    }
  }
}

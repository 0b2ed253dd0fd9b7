import KeywordSpotting
import SystemPackage

extension TuneCommand {
  /// Chooses the rule for listening on labelled recordings, and stores it in the model.
  func chooseRule(_ model: inout KeywordModel, _ written: FilePath?) throws {
    let plan = try events.plan(dataset, for: model, speakerPattern: measuring.speakerPattern)
    if !quiet { plan.warnings.forEach { StandardError.line("kws: warning: \($0)") } }
    if let step { try check(step, model) }
    let evaluation = EventEvaluation(measuring.classifier(model, quiet: quiet), plan)
    let progress = BatchProgress("listening", total: plan.count, unit: "recordings", quiet: quiet)
    let found = try evaluation.chooseRule(target, step: step, progress: progress.show)
    ProgressBar.clear()
    let choice = found.choice
    if let warning = choice.trainedOnWarning, !quiet {
      StandardError.line("kws: warning: \(warning)")
    }
    if let written {
      model.take(choice, chosenOn: found.clips)
      try model.write(to: written)
    }
    try finish(
      json ? choice.json : choice.text, choice.verdict, because: choice.unproven,
      skipped: found.skipped,
      what: "rule", of: "recording", written: written)
  }

  /// Refuses a step that the model's window does not allow.
  private func check(_ step: Double, _ model: KeywordModel) throws {
    var window = model.window
    window.hopSeconds = step
    let problem =
      try window.problem ?? window.problem(with: FrontEnd(model.frontEnd), model.network.shape)
    if let problem { throw Failure.usage("--step: \(problem)") }
  }
}

import ArgumentParser
import KeywordSpotting
import SystemPackage

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Choose a model's thresholds by measuring, and store them in the model.",
    discussion: """
      Thresholds are chosen on the validation part. Their error rates are estimated by crossing over: \
      chosen on one half of its speakers and measured on the other, and the reverse. The model stores \
      the clips, so that later figures can leave them out. If the audio is too short to prove the \
      target, the thresholds are stored too, and the exit code is 1.

      With --events, the whole rule for listening is chosen on labelled recordings: step, smoothing, \
      least windows, settling, refractory time, release and thresholds, for a target of false alarms an \
      hour or of missed words.
      """)

  @Argument(help: "Model file, or run folder.") var model: String
  @Argument(
    help: ArgumentHelp(
      "Folder with a folder per word, or a manifest; with --events recordings, or folders of them "
        + "(default: those that the labels name).", valueName: "dataset"))
  var dataset: [String] = []
  @Option(
    help: ArgumentHelp(
      "Alarms in audio without keywords, or with --events false ones.", valueName: "rate"))
  var maxFalseAlarmsPerHour: Double?
  @Option(help: ArgumentHelp("Share of a keyword's clips that may be missed.", valueName: "share"))
  var maxFalseReject: Double?
  @Option(
    help: ArgumentHelp("Share of other clips that a keyword may accept.", valueName: "share"))
  var maxFalseAcceptRate: Double?
  @OptionGroup var measuring: MeasuringOptions
  @OptionGroup var alarms: AlarmOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var prior: PriorOption
  @Option(
    help: ArgumentHelp(
      "Finest step between windows that --events tries, beside its multiples by 2 and 3 (default: "
        + "\(EventEvaluation.usualStep)).", valueName: "seconds"))
  var step: Double?
  @Option(help: ArgumentHelp("File to write (default: the model itself).", valueName: "file"))
  var out: String?
  @Flag(help: "The choice as JSON.") var json = false
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    let given = [maxFalseAlarmsPerHour, maxFalseReject, maxFalseAcceptRate].compactMap { $0 }
    guard given.count == 1 else {
      throw ValidationError(
        "give one of --max-false-alarms-per-hour, --max-false-reject and --max-false-accept-rate")
    }
    if let rate = maxFalseAlarmsPerHour, !(rate > 0 && rate < 1e6) {
      throw ValidationError("--max-false-alarms-per-hour must be above 0, not \(rate)")
    }
    for share in [maxFalseReject, maxFalseAcceptRate].compactMap({ $0 })
    where !(0...1).contains(share) {
      throw ValidationError("a share must be 0 to 1, not \(share)")
    }
    guard events.labels.isEmpty else { return try validateEvents() }
    if step != nil { throw ValidationError("--step needs --events") }
    guard dataset.count == 1 else {
      throw ValidationError(
        dataset.isEmpty
          ? "which clips? Give a folder with a folder per word"
          : "one folder of labelled clips is measured, not \(dataset.count)")
    }
  }

  private func validateEvents() throws {
    if maxFalseAcceptRate != nil {
      throw ValidationError("--max-false-accept-rate is for labelled clips, not for --events")
    }
    if measuring.split != nil || !alarms.alarmAudio.isEmpty {
      throw ValidationError("--split and --alarm-audio are for labelled clips, not for --events")
    }
    if let step, !(step > 0 && step <= 60) {
      throw ValidationError("--step must lie above 0 and at most at 60 s, not at \(step)")
    }
  }

  var target: ThresholdChoice.Target {
    if let maxFalseAlarmsPerHour { return .falseAlarmsPerHour(maxFalseAlarmsPerHour) }
    if let maxFalseReject { return .falseRejects(maxFalseReject) }
    return .falseAccepts(maxFalseAcceptRate!)
  }

  func run() throws {
    let path = ModelChoice.file(RawArguments.path(model))
    let written = out.map { RawArguments.path($0) } ?? path
    if out != nil { try AtomicFile.check(written) }
    var model = try KeywordModel(contentsOf: path)
    try AtomicFile.check(written)
    guard events.labels.isEmpty else {
      try prior.applyToRule(of: &model)
      return try chooseRule(&model, written)
    }
    try prior.apply(to: &model)
    let dataset = dataset[0]
    let alarmAudio = try alarms.paths(for: model, quiet: quiet)
    let scanned = try measuring.scan(dataset, for: model)
    let classifier = measuring.classifier(model, quiet: quiet)
    let plan = try EvaluationPlan(
      scanned, for: classifier, part: measuring.split ?? .validation, alarmAudio: alarmAudio)
    if !quiet { StandardError.remarks(plan.summary) }
    let progress = BatchProgress("measuring", total: plan.itemCount, quiet: quiet)
    let halves = try BatchEvaluation(classifier, plan).halves(progress: progress.show)
    ProgressBar.clear()
    var choice = ThresholdChoice(
      halves: halves.counts, quiet: halves.quiet, target: target,
      rule: AlarmRule(model))
    choice.split = plan.part.rawValue
    (choice.clips, choice.trainedOn) = (halves.measured, halves.trainedOn)
    if let warning = choice.trainedOnWarning, !quiet {
      StandardError.line("kws: warning: \(warning)")
    }
    if plan.part == .testing || plan.part == .all, !quiet {
      StandardError.line(
        "kws: warning: thresholds are chosen on the test part: later figures leave its clips out or "
          + "are too optimistic")
    }
    model.take(choice, chosenOn: halves.clips)
    try model.write(to: written)
    try finish(
      json ? choice.json : choice.text, unproven: choice.unproven, skipped: halves.skipped,
      what: "thresholds", of: "clips", written: written)
  }

  /// Prints a choice that is stored in the model.
  ///
  /// - Parameters:
  ///   - text: The choice for standard output.
  ///   - unproven: Why the target is not proven, or nil.
  ///   - skipped: What could not be read.
  ///   - what: The name of what was chosen.
  ///   - unit: The name of what it was chosen on.
  ///   - written: The model file.
  /// - Throws: `Failure.condition` if the target is not proven, else `Failure.badData` if something
  ///   could not be read.
  func finish(
    _ text: String, unproven: String?, skipped: [SkippedClip], what: String, of unit: String,
    written: FilePath
  ) throws {
    try StandardOutput.write(text)
    if !quiet { StandardError.line("kws: \(what) written to \(written)") }
    for clip in skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
    if let unproven { throw Failure.condition("unproven: \(unproven)") }
    if !skipped.isEmpty { throw Failure.badData("\(skipped.count) \(unit) could not be read") }
  }
}

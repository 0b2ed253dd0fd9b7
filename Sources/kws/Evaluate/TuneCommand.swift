import ArgumentParser
import KeywordSpotting
import SystemPackage

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Choose a model's thresholds by measuring.",
    discussion: """
      Thresholds are chosen on the validation part. Their error rates are estimated by crossing over: \
      chosen on one half of its speakers and measured on the other, and the reverse. The model stores \
      the clips, so that later figures can leave them out. The choice is only shown unless --out or \
      --in-place stores it. The target is proven, unproven (too little was measured) or refuted; the exit \
      code is 1 if a rate of alarms is not proven. A keyword that would no longer be \
      accepted at all keeps its threshold.

      With --events, the whole rule for listening is chosen on labelled recordings: step, smoothing, \
      least windows, settling, refractory time, release and thresholds, for a target of false alarms an \
      hour or of missed words.
      """)

  @Argument(help: "Model file, run folder, or built-in.") var model: String
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
  @Option(help: ArgumentHelp("Model file to write with the choice.", valueName: "file"))
  var out: String?
  @Flag(help: "Store the choice in the model itself.") var inPlace = false
  @Flag(help: "The choice as JSON.") var json = false
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    let given = [maxFalseAlarmsPerHour, maxFalseReject, maxFalseAcceptRate].compactMap { $0 }
    guard given.count == 1 else {
      throw ValidationError(
        "give one of --max-false-alarms-per-hour, --max-false-reject and --max-false-accept-rate")
    }
    if out != nil && inPlace { throw ValidationError("--out and --in-place cannot both be given") }
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
    if let out { try AtomicFile.check(RawArguments.path(out)) }
    let named = try NamedModel(model)
    if inPlace && named.file == nil {
      throw Failure.usage("the built-in model cannot be changed; name a file with --out")
    }
    let written = out.map { RawArguments.path($0) } ?? (inPlace ? named.file : nil)
    var model = named.model
    if let written {
      try AtomicFile.check(written)
    } else if !quiet {
      StandardError.line("kws: only shows the choice; --out FILE or --in-place stores it")
    }
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
    var choice = ThresholdChoice(halves, for: model, target: target)
    choice.split = plan.part.rawValue
    if let warning = choice.trainedOnWarning, !quiet {
      StandardError.line("kws: warning: \(warning)")
    }
    if plan.part == .testing || plan.part == .all, !quiet {
      StandardError.line(
        "kws: warning: thresholds are chosen on the test part: later figures leave its clips out or "
          + "are too optimistic")
    }
    if let written {
      model.take(choice, chosenOn: halves.clips)
      try model.write(to: written)
    }
    try finish(
      json ? choice.json : choice.text, choice.verdict, because: choice.unproven,
      skipped: halves.skipped,
      what: "thresholds", of: "clip", written: written)
  }

  /// Prints a choice, and where it is stored.
  ///
  /// - Parameters:
  ///   - text: The choice for standard output.
  ///   - verdict: Whether the target is met.
  ///   - reason: Why it is not, or nil.
  ///   - skipped: What could not be read.
  ///   - what: The name of what was chosen.
  ///   - unit: The name of what it was chosen on.
  ///   - written: The model file, or nil.
  /// - Throws: `Failure.condition` if the target is not proven, else `Failure.badData` if something
  ///   could not be read.
  func finish(
    _ text: String, _ verdict: TargetVerdict?, because reason: String?, skipped: [SkippedClip],
    what: String, of unit: String, written: FilePath?
  ) throws {
    try StandardOutput.write(text)
    if !quiet {
      StandardError.line("kws: \(what) " + (written.map { "written to \($0)" } ?? "not written"))
    }
    for clip in skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
    if let reason { throw Failure.condition("\(verdict ?? .unproven): \(reason)") }
    if !skipped.isEmpty {
      throw Failure.badData("\(counted(skipped.count, unit)) could not be read")
    }
  }
}

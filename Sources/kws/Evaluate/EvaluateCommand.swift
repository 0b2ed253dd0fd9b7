import ArgumentParser
import KeywordSpotting
import SystemPackage

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model on a folder of labelled clips, or on long recordings.",
    discussion: """
      By default the test part is measured, with the split of training, or all clips if the folder \
      defines no split and has no clip that the model was trained on. Figures are over clips that \
      the model never met. Clips that it was trained on, or that chose its epoch or thresholds, are \
      identified by content and counted separately. Folders that are not one of \
      the model's words count as \(ClassLabel.unknown). With --report, an interrupted evaluation \
      continues when the same command is given again.

      With --events, whole recordings are listened to, and what fires is matched with labelled words: \
      misses, false alarms an hour, latency, and what other thresholds would give.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder with a folder per word, or a manifest (.csv, .tsv, .jsonl); with --events recordings, or "
        + "folders of them (default: those that the labels name).", valueName: "dataset"))
  var dataset: [String] = []
  @OptionGroup var modelChoice: ModelChoice
  @OptionGroup var measuring: MeasuringOptions
  @OptionGroup var alarms: AlarmOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var energy: EnergyGateOption
  @OptionGroup var threshold: ThresholdOption
  @OptionGroup var prior: PriorOption
  @Option(
    help: ArgumentHelp(
      "Folder for report.html, report.json, report.txt, predictions.csv, confusion.csv.",
      valueName: "folder"))
  var report: String?
  @Option(help: "Number of wrong clips with sound and pictures in report.html.") var clips = 40
  @Flag(help: "Also measure the clips with noise, shifts, other levels, a telephone and a room.")
  var robustness = false
  @Option(
    help: ArgumentHelp(
      "Measure the i-th of n equal shards into --report; kws merge combines them.",
      valueName: "i/n"))
  var shard: Shard?
  @OptionGroup var gate: GateOptions
  @Flag(help: "The report as JSON.") var json = false
  @Flag(help: "The predictions as CSV, one row per clip.") var csv = false
  @Flag(help: "Only errors on standard error.") var quiet = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv cannot both be given") }
    if clips < 0 { throw ValidationError("--clips must be 0 or more, not \(clips)") }
    guard events.labels.isEmpty else {
      if let other = optionOfClips {
        throw ValidationError("\(other) is for labelled clips, not for --events")
      }
      return
    }
    if energy.energyGate != nil { throw ValidationError("--energy-gate needs --events") }
    guard dataset.count == 1 else {
      throw ValidationError(
        dataset.isEmpty
          ? "which clips? Give a folder with a folder per word"
          : "one folder of labelled clips is measured, not \(dataset.count)")
    }
    guard shard != nil else { return }
    if report == nil { throw ValidationError("--shard needs --report, the folder of the shard") }
    if json || csv || gate.isUsed {
      throw ValidationError("with --shard there is no report yet; use kws merge")
    }
  }

  /// The first option that was given and has no sense with `--events`.
  private var optionOfClips: String? {
    if robustness { return "--robustness" }
    if shard != nil { return "--shard" }
    if gate.isUsed { return gate.baseline == nil ? "--minimum-accuracy" : "--baseline" }
    if !alarms.alarmAudio.isEmpty { return "--alarm-audio" }
    return measuring.split == nil ? nil : "--split"
  }

  func run() throws {
    if let report { try checkFolder(RawArguments.path(report)) }
    guard events.labels.isEmpty else { return try measureEvents() }
    let dataset = dataset[0]
    var answers = try gate.baselineAnswers()
    let (named, scanned) = try modelChoice.load(for: dataset, measuring, quiet: quiet)
    var model = named.model
    threshold.apply(to: &model)
    try prior.apply(to: &model)
    let alarmAudio = try alarms.paths(for: model, quiet: quiet)
    if !quiet, case .guess = scanned.speakerSource {
      StandardError.line("kws: " + SpeakerText.line(scanned))
    }
    let classifier = measuring.classifier(model, quiet: quiet)
    let plan = try EvaluationPlan(
      scanned, for: classifier, part: measuring.split, alarmAudio: alarmAudio)
    if !quiet { StandardError.remarks(plan.summary) }
    let folder = try report.map { try ReportFolder(RawArguments.path($0)) }
    var batch = BatchEvaluation(classifier, plan)
    if robustness { batch.conditions = RecordingCondition.standard }
    var run = EvaluationRun(
      batch, model: named.name,
      dataset: RawArguments.path(dataset).displayName, shard: shard ?? .whole, clipLimit: clips,
      measurement: .now(
        threads: measuring.threads.count,
        model: model.infoText.split(separator: "\n").map(String.init)))
    let progress = BatchProgress("evaluating", total: run.itemCount, quiet: quiet)
    if folder != nil { Interruption.heed() }
    let table = PredictionTable(labels: model.labels)
    if csv { try StandardOutput.write(table.header) }
    let isDone = try run.run(
      in: folder, isCancelled: { Interruption.isRequested },
      remark: { if !quiet { StandardError.line("kws: \($0)") } }, progress: progress.show,
      each: { prediction in
        answers?.addSecond(prediction)
        if csv { try StandardOutput.write(table.row(prediction)) }
      })
    ProgressBar.clear()
    guard isDone else {
      throw Failure.interrupted(
        "stopped after \(run.state.tally.done) of \(run.itemCount) clips; run the same command to continue"
      )
    }
    if let shard {
      if !quiet {
        StandardError.line(
          "kws: shard \(shard.number)/\(shard.count) is in \(folder!.path); when all are finished: kws "
            + "merge")
      }
      return try Self.check(run.state.skipped, of: run.itemCount)
    }
    if !quiet { StandardError.line("kws: \(plan.summary.text)") }
    let report = try folder.map { try run.publish(in: $0) } ?? run.state.report()
    if json {
      try StandardOutput.write(bytes: EvaluationJSON.render(report))
    } else if !csv {
      try StandardOutput.write(EvaluationText(width: StandardOutput.width).render(report))
    }
    try Self.check(run.state.skipped, of: run.itemCount)
    try gate.check(report, answers)
  }

  /// Lists the first clips that could not be read, and throws if there are any.
  static func check(_ skipped: [SkippedClip], of count: Int) throws {
    if skipped.isEmpty { return }
    for clip in skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
    throw Failure.badData("\(skipped.count) of \(count) clips could not be read")
  }
}

extension Shard: ExpressibleByArgument {
  /// Reads `i/n`.
  public init?(argument: String) { self.init(argument) }
}

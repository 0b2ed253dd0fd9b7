import ArgumentParser
import KeywordSpotting
import SystemPackage

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Check a dataset before training on it.",
    discussion: """
      Every clip is decoded once. The report lists formats and lengths, and finds clipping, silence, \
      offsets, words that are cut off, copies of a clip (also under other labels, in other splits or \
      shifted in time), speakers in several splits, and labels with few clips. With --model or --folds \
      it also finds clips whose label a model doubts. --folds k trains k models; each judges the \
      speakers that it was not trained on.
      """)

  @Argument(help: "Folder with a folder per word, or a manifest (.csv, .tsv, .jsonl).")
  var dataset: String
  @Option(
    help: ArgumentHelp(
      "Model that judges the labels: a file, run folder, or built-in.", valueName: "path"))
  var model: String?
  @Option(help: ArgumentHelp("Train k models that judge the labels.", valueName: "k"))
  var folds: Int?
  @Option(help: "Epochs of each model of --folds (default: as kws train).") var epochs: Int?
  @Option(
    help: ArgumentHelp(
      "Folder for audit.html, audit.json, audit.csv, audit.txt.", valueName: "folder"))
  var report: String?
  @OptionGroup var finding: TableOptions<DatasetSelection>
  @OptionGroup var channel: ChannelOption
  @Option(help: "Number of clips with sound and pictures in audit.html, of each kind of finding.")
  var clips = 40
  @OptionGroup var threads: ThreadOption
  @Flag(help: "The report as JSON.") var json = false
  @Flag(help: "The findings as CSV.") var csv = false
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv cannot both be given") }
    if clips < 0 { throw ValidationError("--clips must be 0 or more, not \(clips)") }
    if model != nil && folds != nil {
      throw ValidationError("--model and --folds cannot both be given")
    }
    if let folds, !(2...100).contains(folds) {
      throw ValidationError("--folds must be 2 to 100, not \(folds)")
    }
    if let epochs, epochs < 1 { throw ValidationError("--epochs must be 1 or more, not \(epochs)") }
    if epochs != nil && folds == nil { throw ValidationError("--epochs needs --folds") }
  }

  func run() throws {
    var choices = TrainingOptions(threads: threads.count)
    try finding.apply(to: &choices)
    var options = choices.dataset
    options.purpose = .evaluation
    if let report { try checkFolder(RawArguments.path(report)) }
    let scanned = try Dataset.scan(RawArguments.path(dataset), options: options)
    if !quiet { StandardError.line("kws: " + SpeakerText.line(scanned)) }
    let folder = try report.map { try ReportFolder(RawArguments.path($0)) }
    let judge = try model.map { try NamedModel($0).model }
    let audit = Audit(scanned, channel: channel.channel, model: judge, threads: threads.count)
    let count = scanned.recordings.count
    var suspects: AuditSuspects?
    if let judge {
      channel.remark(on: judge, quiet: quiet)
      let progress = BatchProgress("doubting", total: count, quiet: quiet)
      suspects = audit.suspects(
        Classifier(
          judge, channel: channel.channel, threads: threads.count, workers: Isolation.workers()),
        progress: progress.show)
    } else if let folds {
      suspects = try self.suspects(audit, folds)
    }
    let progress = BatchProgress("auditing", total: count, quiet: quiet)
    let report = audit.run(suspects: suspects, progress: progress.show)
    ProgressBar.clear()
    if let folder {
      try folder.write(
        report,
        page: AuditPage(
          report, suspects: suspects?.cards(limit: clips) ?? [],
          faulty: audit.faultyClips(report, limit: clips)
        ).render())
    }
    try StandardOutput.write(json ? report.json : csv ? report.csv : report.text())
  }

  private func suspects(_ audit: Audit, _ folds: Int) throws -> AuditSuspects {
    var options = TrainingOptions(threads: threads.count)
    options.epochs = epochs
    options.channel = channel.channel
    options.allowsBad = true
    options.workers = Isolation.workers()
    let quiet = quiet
    Interruption.heed()
    do {
      return try audit.suspects(
        folds: folds, options: options, isCancelled: { Interruption.isRequested }
      ) { fold, event in
        guard !quiet, case .epoch(let row, _, let epochs) = event else { return }
        let title = "fold \(fold) of \(folds)"
        ProgressBar.show(title, done: Int(row["epoch"] ?? 0), total: epochs)
        if !StandardError.isTerminal, Int(row["epoch"] ?? 0) == 1 {
          StandardError.line("kws: \(title): training, up to \(counted(epochs, "epoch"))")
        }
      }
    } catch .interrupted, .interruptedEarly {
      throw Failure.interrupted("stopped; nothing was written")
    }
  }
}

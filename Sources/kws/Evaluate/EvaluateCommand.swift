import ArgumentParser
import KeywordSpotting
import SystemPackage

extension EvaluationPart: ExpressibleByArgument {}

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model on a folder of labelled clips.",
    discussion: """
      By default the test part is measured, by the rule of training; or all clips, if the folder \
      carries no split and is not the one that the model was trained on. Folders that are none of \
      the model's words count as \(Dataset.unknownLabel).
      """)

  @Argument(help: "Folder with a folder per word, or a manifest (.csv, .tsv, .jsonl).")
  var dataset: String
  @OptionGroup var modelChoice: ModelChoice
  @OptionGroup var gate: GateOptions
  @Option(help: "Part to measure: training, validation, testing or all.")
  var split: EvaluationPart?
  @Option(
    help: ArgumentHelp(
      "Folder to write: report.html, report.json, report.txt, predictions.csv, confusion.csv.",
      valueName: "folder"))
  var report: String?
  @Option(
    help: ArgumentHelp(
      "Regular expression whose first group is the speaker in a file's name (default: training's).",
      valueName: "pattern"))
  var speakerPattern: String?
  @Flag(help: "Let a manifest name files outside its folder.") var allowOutside = false
  @Option(help: "Wrong clips to embed in report.html, with sound and pictures.") var clips = 40
  @Option(help: "Answer \(Dataset.unknownLabel) below this probability (default: the model's).")
  var threshold: Float?
  @Option(help: "Hear this channel, from 1 (default: the mean of all).") var channel: Int?
  @Option(help: "Threads (default: one a core).") var threads: Int?
  @Flag(help: "The report as JSON.") var json = false
  @Flag(help: "The predictions as CSV, a row a clip.") var csv = false
  @Flag(help: "No remarks on standard error but errors.") var quiet = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv cannot both be given") }
    if clips < 0 { throw ValidationError("--clips must be 0 or more, not \(clips)") }
    if let channel, channel < 1 { throw ValidationError("channels count from 1, not \(channel)") }
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold must lie between 0 and 1, not at \(threshold)")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must lie between 1 and 1,024, not at \(threads)")
    }
  }

  func run() throws {
    let baseline = try gate.load()
    var (model, path) = try modelChoice.load(quiet: quiet)
    if let threshold {
      model.decision.threshold = threshold
      model.decision.thresholds = [:]
    }
    var options = model.record.options
    options.purpose = .evaluation
    options.words = model.keywords
    // What leaves the folder is for the person to allow, not for whoever made the model.
    options.allowOutside = allowOutside
    if let speakerPattern { options.speakerPattern = speakerPattern }
    let root = RawArguments.path(dataset)
    let scanned = try Dataset.scan(root, options: options)
    let plan = try EvaluationPlan(scanned, for: model, part: split)
    let start = ContinuousClock.now
    let date = Machine.date
    let threads = self.threads ?? Machine.cores
    let classifier = Classifier(
      model, channel: channel, threads: threads, workers: Isolation.workers())
    let table = PredictionTable(labels: model.labels)
    var predictions: [Prediction] = []
    let batch = BatchEvaluation(classifier, plan)
    let outcome = try batch.run(
      progress: { done in
        if !quiet { ProgressBar.show("evaluating", done: done, total: plan.recordings.count) }
      },
      each: { predictions.append($0) })
    ProgressBar.clear()
    if !quiet { StandardError.line("kws: \(plan.summary)") }
    var generator = SeededGenerator(seed: 0)
    var report = EvaluationReport.make(
      outcome.counts, skipped: outcome.skipped, warnings: outcome.warnings,
      subject: .init(
        model: "\(path)", dataset: "\(root)", split: plan.part.rawValue,
        coverage: plan.summary),
      using: &generator)
    if let folder = self.report {
      let folder = try ReportFolder(RawArguments.path(folder))
      let evidence = batch.evidence(for: report.wrong, limit: clips)
      report.measurement = Measurement(
        date: date, seconds: (ContinuousClock.now - start) / .seconds(1),
        machine: Machine.summary(threads: threads), seed: 0,
        model: model.infoText.split(separator: "\n").map(String.init))
      let page = EvaluationPage(report, evidence: evidence, labels: model.labels)
      try folder.write(report, table.render(predictions), page: page.render())
    }
    if json {
      try StandardOutput.write(bytes: EvaluationJSON.render(report))
    } else if csv {
      try StandardOutput.write(table.render(predictions))
    } else {
      try StandardOutput.write(EvaluationText(width: StandardOutput.width).render(report))
    }
    if !outcome.skipped.isEmpty {
      for clip in outcome.skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
      throw Failure.BadData(
        "\(outcome.skipped.count) of \(plan.recordings.count) clips could not be read")
    }
    try gate.check(report, predictions, against: baseline)
  }
}

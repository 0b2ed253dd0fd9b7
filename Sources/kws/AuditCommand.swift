import ArgumentParser
import KeywordSpotting
import SystemPackage

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Look for what is wrong with a dataset before training on it.",
    discussion: """
      Every clip is decoded once: formats, lengths, clipping, silence, offsets, words that are cut \
      off, the same audio twice (also within several labels or splits), speakers in several splits, \
      labels with too little. With --model also the clips whose label the model doubts.
      """)

  @Argument(help: "Folder with a folder per word, or a manifest (.csv, .tsv, .jsonl).")
  var dataset: String
  @Option(help: ArgumentHelp("Model that ranks doubtful labels.", valueName: "path"))
  var model: String?
  @Option(
    help: ArgumentHelp(
      "Folder to write: audit.html, audit.json, audit.csv, audit.txt.", valueName: "folder"))
  var report: String?
  @Option(help: "Regular expression whose first group is the speaker.") var speakerPattern: String?
  @Option(help: "Suspects to embed in audit.html, with sound.") var clips = 40
  @OptionGroup var threads: ThreadOption
  @Flag(help: "The report as JSON.") var json = false
  @Flag(help: "The findings as CSV.") var csv = false
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv cannot both be given") }
    if clips < 0 { throw ValidationError("--clips must be 0 or more, not \(clips)") }
  }

  func run() throws {
    let threads = threads.count
    var options = DatasetOptions()
    options.purpose = .evaluation
    options.speakerPattern = speakerPattern
    let scanned = try Dataset.scan(RawArguments.path(dataset), options: options)
    let audit = Audit(scanned, threads: threads)
    let show = { (title: String, done: Int) in
      if !quiet { ProgressBar.show(title, done: done, total: scanned.recordings.count) }
    }
    var suspects: [AuditReport.Finding] = []
    var classifier: Classifier?
    if let model {
      let keywordModel = try KeywordModel(contentsOf: ModelChoice.file(RawArguments.path(model)))
      classifier = Classifier(keywordModel, threads: threads, workers: Isolation.workers())
      let found = audit.suspects(classifier!) { show("doubting", $0) }
      suspects = found.findings
      if found.trainedOn > 0 && !quiet {
        StandardError.line(
          "kws: the model was trained on \(found.trainedOn) of these clips and doubts them less")
      }
    }
    let report = audit.run(mislabelled: suspects) { show("auditing", $0) }
    ProgressBar.clear()
    if let folder = self.report {
      let evidence = classifier.map { audit.evidence(suspects, $0, limit: clips) } ?? []
      try ReportFolder(RawArguments.path(folder)).write(
        report, page: AuditPage(report, evidence: evidence).render())
    }
    try StandardOutput.write(json ? report.json : csv ? report.csv : report.text())
  }
}

import ArgumentParser
import KeywordSpotting
import SystemPackage

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two models on the same clips.",
    discussion: """
      The difference is B's accuracy minus A's, with an interval by bootstrap over speakers if at \
      least ten are known, and McNemar's exact test. Clips that a model has met are counted \
      separately. The words are those of model A. With --alarm-audio, false alarms are counted too: a \
      model with stricter thresholds misses more, and fires less.
      """)

  @Argument(help: "Model A: a model file, run folder, or built-in.") var first: String
  @Argument(help: "Model B.") var second: String
  @Argument(help: "Folder with a folder per word, or a manifest.") var dataset: String
  @OptionGroup var measuring: MeasuringOptions
  @OptionGroup var alarms: AlarmOptions
  @Option(
    help: ArgumentHelp(
      "Folder for comparison.html, comparison.json, comparison.txt, flips.csv.",
      valueName: "folder"))
  var report: String?
  @Option(
    help: "Number of clips with different answers, with sound and pictures, in comparison.html.")
  var clips = 40
  @Flag(help: "The comparison as JSON.") var json = false
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    if clips < 0 { throw ValidationError("--clips must be 0 or more, not \(clips)") }
  }

  func run() throws {
    if let report { try checkFolder(RawArguments.path(report)) }
    let named = try [first, second].map { try NamedModel($0) }
    let models = named.map(\.model)
    guard Set(models[0].keywords) == Set(models[1].keywords) else {
      throw Failure.usage(
        "the models have different words: \(models[0].keywords.joined(separator: ", ")) and "
          + models[1].keywords.joined(separator: ", "))
    }
    let alarmAudio = try alarms.paths(for: models[0], quiet: quiet)
    let scanned = try measuring.scan(dataset, for: models[0])
    let classifiers = models.map { measuring.classifier($0, quiet: quiet) }
    var plans = try classifiers.map {
      try EvaluationPlan(scanned, for: $0, part: measuring.split, alarmAudio: alarmAudio)
    }
    // The test part, if either model was trained on clips of this dataset.
    let part = plans.first { $0.part == .testing }?.part ?? plans[0].part
    plans = try zip(classifiers, plans).map { classifier, plan in
      plan.part == part
        ? plan : try EvaluationPlan(scanned, for: classifier, part: part, alarmAudio: alarmAudio)
    }
    let evaluations = zip(classifiers, plans).map { BatchEvaluation($0, $1) }
    let summary = evaluations[0].plan.summary
    if !quiet { StandardError.remarks(summary) }
    let folder = try report.map { try ReportFolder(RawArguments.path($0)) }
    let start = ContinuousClock.now
    var measurement = Measurement.now(threads: measuring.threads.count)
    let answers = try PairedAnswers(evaluations[0], evaluations[1]) { index, done in
      let total = evaluations[index].plan.itemCount
      if !quiet { ProgressBar.show("model \(index + 1) of 2", done: done, total: total) }
    }
    ProgressBar.clear()
    var generator = SeededGenerator(seed: 0)
    var comparison = try answers.comparison(using: &generator)
    comparison.names = named.map(\.name)
    comparison.dataset = RawArguments.path(dataset).displayName
    comparison.split = part.rawValue
    (comparison.warnings, comparison.leftOut) = (summary.warnings, summary.leftOut)
    comparison.skipped = answers.skipped
    comparison.alarms = answers.alarms
    measurement.seconds = (ContinuousClock.now - start) / .seconds(1)
    comparison.measurement = measurement
    if let folder {
      let shown = comparison.flips.prefix(clips).map(\.path)
      let page = ComparisonPage(
        comparison, evidence: evaluations.map { $0.evidence(for: shown, limit: clips) },
        labels: models.map(\.labels), decisions: models.map(\.decision))
      try folder.write(comparison, page: page.render())
    }
    try StandardOutput.write(json ? comparison.json : comparison.text)
    try EvaluateCommand.check(answers.skipped, of: evaluations[0].plan.itemCount)
  }
}

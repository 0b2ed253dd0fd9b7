import ArgumentParser
import KeywordSpotting
import SystemPackage

/// Labels of long recordings, and what is taken for a hit.
struct EventOptions: ParsableArguments {
  @Option(
    name: .customLong("events"),
    help: ArgumentHelp(
      "What is said in recordings: a table with path, start, end and label, or with path and text; "
        + "Audacity's label files, or a folder of them; repeatable.", valueName: "labels"))
  var labels: [String] = []
  @Option(
    help: ArgumentHelp(
      "An event may be decided so long after the word's end (default: "
        + "\(EventPlan.usualTolerance)).", valueName: "seconds"))
  var tolerance: Double?

  func validate() throws {
    guard let tolerance else { return }
    if labels.isEmpty { throw ValidationError("--tolerance needs --events") }
    guard (0...60).contains(tolerance) else {
      throw ValidationError("--tolerance must lie between 0 and 60 s, not at \(tolerance)")
    }
  }

  /// The recordings that were named, or that the labels name, with their labels.
  func plan(
    _ recordings: [String], for model: KeywordModel, speakerPattern: String?
  ) throws -> EventPlan {
    let labels = try EventLabels(labels.map(RawArguments.path))
    let paths = try ClipInput.paths(recordings, for: "--events")
    return try EventPlan(
      paths, labels, keywords: model.keywords, tolerance: tolerance ?? EventPlan.usualTolerance,
      speakers: SpeakerFinder(model.record.options, given: speakerPattern))
  }
}

extension EvaluateCommand {
  /// Listens to whole recordings and matches what fires with labelled words.
  func measureEvents() throws {
    let named = try modelChoice.load(quiet: quiet)
    var model = named.model
    threshold.apply(to: &model)
    try prior.applyToRule(of: &model)
    let plan = try events.plan(dataset, for: model, speakerPattern: measuring.speakerPattern)
    if !quiet { plan.warnings.forEach { StandardError.line("kws: warning: \($0)") } }
    let classifier = measuring.classifier(model, quiet: quiet)
    let evaluation = EventEvaluation(classifier, plan, gate: try energy.gate(for: model))
    let folder = try report.map { try ReportFolder(RawArguments.path($0)) }
    let (start, date) = (ContinuousClock.now, Machine.date)
    let progress = BatchProgress("listening", total: plan.count, unit: "recordings", quiet: quiet)
    if csv { try StandardOutput.write(EventTable.header) }
    Interruption.heed()
    let tally = try evaluation.run(
      isCancelled: { Interruption.isRequested }, progress: progress.show,
      each: { if csv { try StandardOutput.write(EventTable.row($0)) } })
    ProgressBar.clear()
    guard tally.done == plan.count else {
      throw Failure.interrupted("stopped after \(tally.done) of \(plan.count) recordings")
    }
    var generator = SeededGenerator(seed: 0)
    var report = EventReport(
      tally, evaluation, model: named.name,
      labels: events.labels.map { RawArguments.path($0).displayName }, using: &generator)
    report.measurement = Measurement(
      date: date, seconds: (ContinuousClock.now - start) / .seconds(1),
      machine: Machine.summary(threads: measuring.threads.count), seed: 0,
      model: model.infoText.split(separator: "\n").map(String.init))
    if let folder {
      let evidence = evaluation.evidence(for: report, limit: clips)
      try folder.write(
        report, page: EventPage(report, evidence: evidence, labels: model.labels).render())
    }
    if !csv { try StandardOutput.write(json ? report.json : EventText.render(report)) }
    for clip in tally.skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
    if !tally.skipped.isEmpty {
      throw Failure.badData("\(tally.skipped.count) of \(plan.count) recordings could not be read")
    }
  }
}

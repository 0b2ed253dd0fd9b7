import ArgumentParser
import KeywordSpotting
import SystemPackage

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a recogniser from a folder of recordings.",
    discussion: """
      A folder per word; the splits come from validation_list.txt and testing_list.txt, from \
      train/validation/test folders, from a manifest, or from a hash that keeps speakers together. \
      Writes a run folder with model.safetensors, config.json and metrics.csv. Every option has a \
      default that adapts to the size of the data.
      """)

  @Argument(help: "Folder with a folder per word, or a manifest (.csv, .tsv, .jsonl).")
  var dataset: String?
  @OptionGroup(title: "To know first") var essentials: TrainEssentialOptions
  @OptionGroup(title: "Run") var running: TrainRunOptions
  @OptionGroup(title: "Data") var data: TrainDataOptions
  @OptionGroup(title: "Network") var network: TrainNetworkOptions
  @OptionGroup(title: "Optimisation") var optimisation: TrainOptimisationOptions
  @OptionGroup(title: "Augmentation") var augmentation: TrainAugmentationOptions
  @OptionGroup(title: "Features") var features: FeatureOptions

  func run() throws {
    let view = TrainingView(quiet: running.quiet)
    let report: @Sendable (TrainingEvent) -> Void = { view.show($0) }
    Interruption.heed()
    let outcome: Training.Outcome
    if let resume = essentials.resume {
      try refuseChanges()
      outcome = try Training.resume(
        RunFolder(existing: RawArguments.path(resume)), root: dataset.map(RawArguments.path),
        threads: running.threadCount, memory: running.memoryBudget, workers: Isolation.workers(),
        isCancelled: { Interruption.isRequested }, report: report)
    } else {
      guard let dataset else {
        throw Failure.Usage("no recordings were given: kws train <folder with a folder per word>")
      }
      let training = Training(root: RawArguments.path(dataset), options: try options())
      if let folds = data.folds { return try crossValidate(training, by: folds.rule, view, report) }
      outcome = try training.run(
        into: essentials.out.map(RawArguments.path), isCancelled: { Interruption.isRequested },
        report: report)
    }
    try view.finish(outcome)
  }

  /// Trains and measures each fold; prints the figures on standard output.
  private func crossValidate(
    _ training: Training, by rule: CrossValidation.Rule, _ view: TrainingView,
    _ report: @Sendable (TrainingEvent) -> Void
  ) throws {
    let (folder, rows) = try CrossValidation(training, by: rule).run(
      into: essentials.out.map(RawArguments.path), isCancelled: { Interruption.isRequested },
      report: report, finished: view.show)
    guard !rows.isEmpty else {
      throw Failure.BadData("no fold could be measured; see the warnings")
    }
    try StandardOutput.write(FoldView.text(rows))
    if !running.quiet { StandardError.line("kws: folds in \(folder.folds)") }
  }

  /// Throws if options were given: a resumed training keeps its options.
  private func refuseChanges() throws {
    let allowed = ["--resume", "--threads", "--memory", "--quiet"]
    let changed = RawArguments.afterProgramName.first { argument in
      argument.hasPrefix("--")
        && !allowed.contains { argument == $0 || argument.hasPrefix($0 + "=") }
    }
    if let changed {
      throw Failure.Usage(
        "--resume uses the options of the interrupted training; leave out \(changed)")
    }
  }

  private func options() throws -> TrainingOptions {
    var options = TrainingOptions(threads: running.threadCount)
    options.workers = Isolation.workers()
    essentials.apply(to: &options)
    running.apply(to: &options)
    data.apply(to: &options)
    network.apply(to: &options)
    optimisation.apply(to: &options)
    options.augmentation = augmentation.options
    options.noiseFolder = augmentation.noiseFolder.map(RawArguments.path)
    options.preset = features.preset
    options.sampleRate = features.rate
    options.adjustFrontEnd = features.adjust
    options.start = try startingModel()
    return options
  }

  /// The model of `--from`, which also defines the features and the network's sizes.
  private func startingModel() throws -> StartingModel? {
    guard let name = network.from else {
      if network.freeze != nil { throw Failure.Usage("--freeze needs --from MODEL") }
      return nil
    }
    if let given = network.firstSize ?? features.firstGiven {
      throw Failure.Usage("--from keeps the model's network and features; leave out \(given)")
    }
    let model =
      try name == StartingModel.builtInName
      ? .builtIn() : KeywordModel(contentsOf: ModelChoice.file(RawArguments.path(name)))
    return StartingModel(model, name: name, frozenLayers: network.freeze ?? 0)
  }
}

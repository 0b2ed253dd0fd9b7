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
  @OptionGroup(title: "Data") var data: TableOptions<DataSelection>
  @OptionGroup(title: "Negatives") var negatives: TrainNegativeOptions
  @OptionGroup(title: "Teachers") var teaching: TrainTeacherOptions
  @OptionGroup(title: "Network") var network: TableOptions<NetworkSelection>
  @OptionGroup(title: "Optimisation") var optimisation: TableOptions<OptimisationSelection>
  @OptionGroup(title: "Augmentation") var augmentation: TableOptions<AugmentationSelection>
  @OptionGroup(title: "Features") var features: TableOptions<FeatureSelection>

  func validate() throws {
    if asksForFolds, let percent = data.given.first(where: { $0.option.name.hasSuffix("-percent") })
    {
      throw ValidationError(
        "--folds measures without held-out parts: leave it out, or --\(percent.option.name)")
    }
  }

  /// Whether folds were asked for by their number.
  private var asksForFolds: Bool {
    switch data["folds"].flatMap({ FoldRule($0.text) }) {
    case .speaker, .count: true
    case .bySize, .off, nil: false
    }
  }

  func run() throws {
    let view = TrainingView(quiet: running.quiet, verbose: running.verbose)
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
        throw Failure.usage("no recordings were given: kws train <folder with a folder per word>")
      }
      let training = Training(root: RawArguments.path(dataset), options: try options())
      outcome = try training.run(
        into: essentials.out.map(RawArguments.path), isCancelled: { Interruption.isRequested },
        report: report)
    }
    try view.finish(outcome)
    if asksForFolds, outcome.model.record.folds == nil {
      throw Failure.badData("no fold could be measured; see the warnings")
    }
  }

  /// Throws if options were given: a resumed training keeps its options.
  private func refuseChanges() throws {
    let allowed = ["--resume", "--threads", "--memory", "--quiet", "--verbose"]
    let changed = RawArguments.afterProgramName.first { argument in
      argument.hasPrefix("--")
        && !allowed.contains { argument == $0 || argument.hasPrefix($0 + "=") }
    }
    if let changed {
      throw Failure.usage(
        "--resume uses the options of the interrupted training; leave out \(changed)")
    }
  }

  private func options() throws -> TrainingOptions {
    var options = TrainingOptions(threads: running.threadCount)
    options.workers = Isolation.workers()
    options.memory = running.memoryBudget
    options.start = try startingModel()
    options.startsByData = network["from"] == nil && !given.contains(where: \.option.isOfModel)
    options.negatives = negatives.options
    options.teachers = try teaching.teachers()
    for (option, text) in given { try option.set(text, in: &options) }
    return options
  }

  /// What was given of the table.
  private var given: [(option: TrainingOption, text: OptionText)] {
    essentials.table.given + running.table.given + data.given + network.given + optimisation.given
      + augmentation.given + features.given
  }

  /// The model of `--from`, which also decides the features, the windows and the network's sizes.
  private func startingModel() throws -> StartingModel? {
    guard let name = network["from"], name.text != StartingModel.noName else {
      if network["freeze"] != nil { throw Failure.usage("--freeze needs --from MODEL") }
      return nil
    }
    if let (option, _) = given.first(where: \.option.isOfModel) {
      throw Failure.usage(
        "--from keeps the model's network, windows and features; leave out --\(option.name)")
    }
    return StartingModel(try NamedModel(named: name.path).model, name: name.text)
  }
}

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
  @Option(help: "Words to spot, separated by commas; other folders become \"unknown\".")
  var words: String?
  @Option(
    help: ArgumentHelp(
      "Run folder to write.", discussion: "(default: runs/<dataset>-<n>)", valueName: "folder"))
  var out: String?
  @Option(help: "Passes over the training clips (default: by the size of the data).")
  var epochs: Int?
  @Option(help: "Seed of everything random; the same seed gives the same model.")
  var seed: UInt64 = 0

  @OptionGroup(title: "Run") var running: TrainRunOptions
  @OptionGroup(title: "Data") var data: TrainDataOptions
  @OptionGroup(title: "Network") var network: TrainNetworkOptions
  @OptionGroup(title: "Optimisation") var optimisation: TrainOptimisationOptions
  @OptionGroup(title: "Augmentation") var augmentation: TrainAugmentationOptions
  @OptionGroup(title: "Features") var features: FeatureOptions

  func run() throws {
    Interruption.heed()
    let view = TrainingView(quiet: running.quiet)
    let outcome: Training.Outcome
    if let resume = running.resume {
      outcome = try Training.resume(
        RunFolder(existing: RawArguments.path(resume)), root: dataset.map(RawArguments.path),
        threads: running.threadCount, isCancelled: { Interruption.isRequested }, report: view.show)
    } else {
      guard let dataset else {
        throw Failure.Usage("which recordings? kws train <folder with a folder per word>")
      }
      let training = Training(root: RawArguments.path(dataset), options: try options())
      outcome = try training.run(
        into: out.map(RawArguments.path), isCancelled: { Interruption.isRequested },
        report: view.show)
    }
    try view.finish(outcome)
  }

  private func options() throws -> TrainingOptions {
    var options = TrainingOptions(threads: running.threadCount)
    options.seed = seed
    options.epochs = epochs
    options.dataset.words = words.map(commaSeparated)
    running.apply(to: &options)
    data.apply(to: &options)
    network.apply(to: &options)
    optimisation.apply(to: &options)
    options.augmentation = augmentation.options
    options.preset = features.preset
    options.sampleRate = features.rate
    options.adjustFrontEnd = features.adjust
    return options
  }
}

/// The parts of a list such as `yes,no`, without the white space around them.
func commaSeparated(_ text: String) -> [String] {
  text.split(separator: ",", omittingEmptySubsequences: false).map { part in
    String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

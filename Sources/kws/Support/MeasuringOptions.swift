import ArgumentParser
import KeywordSpotting
import SystemPackage

extension EvaluationPart: ExpressibleByArgument {
  /// Parses a part by any of its names.
  public init?(argument: String) { self.init(name: argument) }
}

/// Options that choose the clips to measure, and how they are read.
struct MeasuringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Part to measure: training (train), validation (dev, val), testing (test) or all.",
      valueName: "part"))
  var split: EvaluationPart?
  @Option(
    help: ArgumentHelp(
      "Regular expression whose first group is the speaker in a file's name (default: training's).",
      valueName: "pattern"))
  var speakerPattern: String?
  @Flag(help: "Allow a manifest to name files outside its folder.") var allowOutside = false
  @OptionGroup var channel: ChannelOption
  @OptionGroup var threads: ThreadOption

  /// Scans a dataset with the words of a model.
  func scan(_ dataset: String, for model: KeywordModel) throws -> Dataset {
    var options = model.record.options
    options.purpose = .evaluation
    options.words = model.keywords
    // Only the user may allow files outside the folder, not the model's options.
    options.allowOutside = allowOutside
    if let speakerPattern {
      (options.speakerPattern, options.patternIsGuessed) = (speakerPattern, nil)
    }
    return try Dataset.scan(RawArguments.path(dataset), options: options)
  }

  /// A classifier that decodes in worker processes; prints a remark if it reads another channel
  /// than the model's.
  func classifier(_ model: KeywordModel, quiet: Bool) -> Classifier {
    channel.remark(on: model, quiet: quiet)
    return Classifier(
      model, channel: channel.channel, threads: threads.count, workers: Isolation.workers())
  }
}

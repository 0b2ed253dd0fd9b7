import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

extension EvaluationPart: ExpressibleByArgument {
  /// Reads a part by any of its names.
  public init?(argument: String) { self.init(name: argument) }
}

/// Which clips of a dataset are measured, and how they are heard.
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
  @Flag(help: "Let a manifest name files outside its folder.") var allowOutside = false
  @OptionGroup var channel: ChannelOption
  @OptionGroup var threads: ThreadOption

  /// Reads what is in a dataset, with the words of a model.
  func scan(_ dataset: String, for model: KeywordModel) throws -> Dataset {
    var options = model.record.options
    options.purpose = .evaluation
    options.words = model.keywords
    // What leaves the folder is for the person to allow, not for whoever made the model.
    options.allowOutside = allowOutside
    if let speakerPattern { options.speakerPattern = speakerPattern }
    return try Dataset.scan(RawArguments.path(dataset), options: options)
  }

  /// A classifier whose decoders cannot harm the program; it says where it hears another channel than
  /// the model's.
  func classifier(_ model: KeywordModel, quiet: Bool) -> Classifier {
    channel.remark(on: model, quiet: quiet)
    return Classifier(
      model, channel: channel.channel, threads: threads.count, workers: Isolation.workers())
  }
}

/// Recordings in which false alarms are counted.
struct AlarmOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Recording without any keyword, or folder of them, to count false alarms in; repeatable.",
      valueName: "path"))
  var alarmAudio: [String] = []

  /// The recordings; each is there.
  func paths() throws -> [FilePath] {
    let inputs = try ClipInput.list(alarmAudio, filesFrom: nil)
    for input in inputs {
      guard let path = input.path else {
        throw Failure.Usage("--alarm-audio takes files and folders, not standard input")
      }
      guard path.withPlatformString({ access($0, R_OK) }) == 0 else {
        throw FileError.missing(path)
      }
    }
    return inputs.compactMap(\.path)
  }
}

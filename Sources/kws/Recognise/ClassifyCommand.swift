import ArgumentParser
import KeywordSpotting
import SystemPackage

struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Recognise the word in each clip.",
    discussion: """
      Clips longer than the model's window are cut into overlapping windows; the window with the \
      most probable keyword gives the answer and the time. A clip that cannot be read is reported on \
      standard error; the others are classified, and the exit code is 65.
      """)

  @Argument(help: "Audio files, folders of them, or - for one clip on standard input.")
  var clips: [String] = []
  @OptionGroup var modelChoice: ModelChoice
  @Option(
    help: ArgumentHelp("File with one path per line; - for standard input.", valueName: "file"))
  var filesFrom: String?
  @Option(help: "Show the k most probable classes.") var top: Int?
  @OptionGroup var threshold: ThresholdOption
  @OptionGroup var prior: PriorOption
  @OptionGroup var channel: ChannelOption
  @OptionGroup var threads: ThreadOption
  @Flag(help: "One JSON object per line.") var json = false
  @Flag(help: "A CSV table.") var csv = false
  @Flag(help: "Only errors on standard error.") var quiet = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv cannot both be given") }
    if let top, top < 1 { throw ValidationError("--top must be 1 or more, not \(top)") }
    if csv, top != nil { throw ValidationError("--csv shows every class; leave out --top") }
    if clips.count(where: { $0 == "-" }) + (filesFrom == "-" ? 1 : 0) > 1 {
      throw ValidationError("standard input (-) can be read only once")
    }
    if clips.isEmpty && filesFrom == nil {
      throw ValidationError("no clips were given; give files, folders, - or --files-from")
    }
  }

  func run() throws {
    var model = try modelChoice.load(quiet: quiet).model
    threshold.apply(to: &model)
    try prior.apply(to: &model)
    let inputs = try ClipInput.list(clips, filesFrom: filesFrom)
    guard !inputs.isEmpty else {
      throw Failure.badData("no clips are named in \(filesFrom ?? "-")")
    }
    channel.remark(on: model, quiet: quiet)
    let isBatch = inputs.count > 1
    let classifier = Classifier(
      model, channel: channel.channel, threads: threads.count,
      workers: isBatch ? Isolation.workers() : nil)
    let view = ClassificationView(model: model, format: format, top: top, count: inputs.count)
    try view.begin()
    var bad = 0
    // A fixed number of clips at a time keeps the memory constant.
    for start in stride(from: 0, to: inputs.count, by: 64) {
      let part = Array(inputs[start..<min(inputs.count, start + 64)])
      let results =
        isBatch
        ? classifier.classify(part.map(\.source))
        : Isolation.watched(part[0]) { classifier.watched.classify([part[0].source]) }
      for (input, result) in zip(part, results) {
        switch result {
        case .success(let classification): try view.show(input.name, classification)
        case .failure(let error):
          if inputs.count == 1 { throw error }
          bad += 1
          try StandardOutput.flush()
          StandardError.line("kws: \(error)")
        }
      }
      try StandardOutput.flush()
    }
    if bad > 0 { throw Failure.badData("\(bad) of \(inputs.count) clips could not be read") }
  }

  private var format: ClassificationView.Format { json ? .json : csv ? .csv : .text }
}

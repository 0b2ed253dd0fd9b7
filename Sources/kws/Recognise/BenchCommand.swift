import ArgumentParser
import KeywordSpotting

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the speed of training and recognition on this machine.",
    discussion: """
      Without a dataset, it measures the parts: front end, training steps, inference. With one, it \
      measures all steps on that dataset: decoding, features, two training epochs, recognition; no \
      files are kept. GFLOP/s count only matrix products; the share is of the multiply-add peak, which \
      is measured first. Times are noisy if other programs run: compare only figures of one run.
      """)

  @Argument(help: "Folder with a folder per word, or a manifest (.csv, .tsv, .jsonl).")
  var dataset: String?

  @OptionGroup var channel: ChannelOption
  @OptionGroup var threads: ThreadOption
  @Option(help: "At least so long for each figure, in seconds.") var seconds = 1.0
  @Flag(help: "One JSON object a line.") var json = false
  @OptionGroup var training: TableOptions<Selection>
  @OptionGroup(title: "Augmentation") var augmentation: TableOptions<AugmentationSelection>

  /// What changes the time that a training takes.
  enum Selection: OptionSelection {
    static let options = [
      "words", "batch", "silence-share", "layers", "hidden", "hop-ms", "coefficients", "deltas",
      "clip-mean",
    ].map {
      TrainingOption.named($0)!
    }
  }

  func validate() throws {
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds must be above 0 and at most 3,600, not \(seconds)")
    }
  }

  func run() throws {
    var benchmark = Benchmark(threads: threads.count)
    benchmark.seconds = seconds
    func show(_ result: BenchmarkResult) throws {
      try StandardOutput.line(json ? result.json : text(result))
      try StandardOutput.flush()
    }
    guard let dataset else { return try benchmark.run(show) }
    let scratch = try ScratchFolder()
    defer { withExtendedLifetime(scratch) {} }
    let training = Training(root: RawArguments.path(dataset), options: try options())
    try benchmark.run(training, scratch: scratch.path.appending("run"), show)
  }

  private func options() throws -> TrainingOptions {
    var options = TrainingOptions(threads: threads.count)
    options.workers = Isolation.workers()
    options.allowsBad = true
    options.channel = channel.channel
    try training.apply(to: &options)
    try augmentation.apply(to: &options)
    return options
  }

  private func text(_ result: BenchmarkResult) -> String {
    var parts = ["\(result.name), \(result.shape), \(counted(result.threads, "thread")):"]
    if result.milliseconds > 0 {
      parts.append(
        "\(TextCell.fixed(result.milliseconds, 3)) ms (best \(TextCell.fixed(result.best, 3)))")
      parts.append("\(TextCell.fixed(result.rate, 0)) \(result.unit)")
    }
    if let gigaflops = result.gigaflops { parts.append("\(TextCell.fixed(gigaflops, 1)) GFLOP/s") }
    if let share = result.share, result.milliseconds > 0 {
      parts.append("\(TextCell.fixed(share * 100, 0))% of the peak")
    }
    return parts.joined(separator: "  ")
  }
}

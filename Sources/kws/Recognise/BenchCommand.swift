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
  @Option(help: "Least time for each figure, in seconds.") var seconds = 1.0
  @Flag(help: "One JSON object per line.") var json = false
  @Option(help: "Words to spot, separated by commas; other folders become \"unknown\".")
  var words: String?
  @Option(help: "Clips in one update (default: 16 to 128, by the size of the data).")
  var batch: Int?
  @Option(help: "Silence clips an epoch, as a share of the keyword clips (default: 0.12).")
  var silenceShare: Double?
  @Option(help: "Bidirectional LSTM layers (default: 2).") var layers: Int?
  @Option(help: "Hidden units of each direction (default: 128).")
  var hidden: Int?
  @OptionGroup(title: "Features") var features: FeatureOptions
  @OptionGroup(title: "Augmentation") var augmentation: TrainAugmentationOptions

  func validate() throws {
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds must lie above 0 and at most at 3,600, not at \(seconds)")
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
    let training = Training(root: RawArguments.path(dataset), options: options)
    try benchmark.run(training, scratch: scratch.path.appending("run"), show)
  }

  private var options: TrainingOptions {
    var options = TrainingOptions(threads: threads.count)
    options.workers = Isolation.workers()
    options.allowsBad = true
    options.dataset.words = words.map(commaSeparated)
    options.channel = channel.channel
    (options.batch, options.silenceShare) = (batch, silenceShare)
    (options.layers, options.hidden) = (layers, hidden)
    options.augmentation = augmentation.options
    options.preset = features.preset
    options.sampleRate = features.rate
    options.adjustFrontEnd = features.adjust
    return options
  }

  private func text(_ result: BenchmarkResult) -> String {
    var parts = ["\(result.name), \(result.shape), \(result.threads) thread(s):"]
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

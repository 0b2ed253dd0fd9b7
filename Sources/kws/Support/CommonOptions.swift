import ArgumentParser
import KeywordSpotting

/// `--threads`.
struct ThreadOption: ParsableArguments {
  @Option(help: "Threads (default: one per core).") var threads: Int?

  /// The requested number of threads, or one per core.
  var count: Int { Machine.threads(threads) }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be 1 to 1,024, not \(threads)")
    }
  }
}

/// `--channel`.
struct ChannelOption: ParsableArguments {
  @Option(help: "Channel to read, from 1 (default: the model's, or the mean of all).")
  var channel: Int?

  func validate() throws {
    if let channel, channel < 1 { throw ValidationError("channels count from 1, not \(channel)") }
  }

  /// Prints a remark if another channel is read than the model was trained on.
  func remark(on model: KeywordModel, quiet: Bool) {
    guard let channel, channel != model.channel, !quiet else { return }
    StandardError.line(
      "kws: reads channel \(channel); the model was trained on "
        + (model.channel.map { "channel \($0)" } ?? KeywordModel.name(ofChannel: nil)))
  }
}

/// `--threshold`.
struct ThresholdOption: ParsableArguments {
  @Option(help: "Answer \(ClassLabel.unknown) below this probability (default: the model's).")
  var threshold: Float?

  func validate() throws {
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold must be 0 to 1, not \(threshold)")
    }
  }

  /// Sets one threshold for all keywords, if one was given.
  func apply(to model: inout KeywordModel) {
    if let threshold { model.take(threshold: threshold) }
  }
}

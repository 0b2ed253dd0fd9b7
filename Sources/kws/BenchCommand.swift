import ArgumentParser
import KeywordSpotting

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast this machine trains and recognises.",
    discussion: """
      GFLOP/s count the matrix products only; the share is of the multiply-add peak, which is \
      measured first. Times are noisy where other work runs: compare figures of one run.
      """)

  @OptionGroup var threads: ThreadOption
  @Option(help: "At least so long for each figure, in seconds.") var seconds = 1.0
  @Flag(help: "One JSON object a line.") var json = false

  func validate() throws {
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds must lie above 0 and at most at 3,600, not at \(seconds)")
    }
  }

  func run() throws {
    var benchmark = Benchmark(threads: threads.count)
    benchmark.seconds = seconds
    try benchmark.run { result in
      try StandardOutput.line(json ? result.json : text(result))
      try StandardOutput.flush()
    }
  }

  private func text(_ result: BenchmarkResult) -> String {
    var parts = ["\(result.name), \(result.shape), \(result.threads) thread(s):"]
    if result.milliseconds > 0 {
      parts.append("\(TextCell.fixed(result.milliseconds, 3)) ms (best \(TextCell.fixed(result.best, 3)))")
      parts.append("\(TextCell.fixed(result.rate, 0)) \(result.unit)")
    }
    if let gigaflops = result.gigaflops { parts.append("\(TextCell.fixed(gigaflops, 1)) GFLOP/s") }
    if let share = result.share, result.milliseconds > 0 {
      parts.append("\(TextCell.fixed(share * 100, 0))% of the peak")
    }
    return parts.joined(separator: "  ")
  }
}

import ArgumentParser
import KeywordSpotting

/// What a newcomer needs.
struct TrainEssentialOptions: ParsableArguments {
  @OptionGroup var table: TableOptions<EssentialSelection>
  @Option(
    help: ArgumentHelp("Run folder to write (default: runs/<dataset>-<n>).", valueName: "folder"))
  var out: String?
  @Option(
    help: ArgumentHelp(
      "Go on with an interrupted training; the result is as if it never stopped.",
      valueName: "run folder"))
  var resume: String?

  func validate() throws {
    if let epochs = table["epochs"], let effort = table["effort"], effort.text != "normal" {
      throw ValidationError(
        "--effort \(effort.text) decides the epochs; leave it out, or --epochs \(epochs.text)")
    }
  }
}

/// How a training runs; none of it changes the model.
struct TrainRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Options from a JSON object with the names used here; the command line wins.",
      valueName: "file"))
  var config: String?
  @Option(help: "Threads (default: one a core); they change the time, never the result.")
  var threads: Int?
  @Option(
    help: ArgumentHelp(
      "Memory for decoded clips, such as 512M or 4G (default: a quarter of the machine's); beyond it "
        + "they go to a file in the run folder.", valueName: "size"))
  var memory: ByteCount?
  @Flag(help: "Only errors.") var quiet = false
  @Flag(help: "A line for each epoch of the folds, too.") var verbose = false
  @OptionGroup var table: TableOptions<RunSelection>

  var threadCount: Int { Machine.threads(threads) }
  var memoryBudget: Int { memory?.bytes ?? MemoryBudget.quarterOfMachine }

  func validate() throws {
    guard (1...1024).contains(threadCount) else {
      throw ValidationError("--threads must be 1 to 1,024, not \(threadCount)")
    }
  }
}

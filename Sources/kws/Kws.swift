import ArgumentParser
import KeywordSpotting

/// The root command.
///
/// Subcommands parse, make one library call and print.
struct Kws: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kws",
    abstract: "Train, use and measure a keyword recogniser for your own recordings.",
    discussion: """
      kws train recordings/      a folder per word in, a run folder with a model out
      kws classify clip.wav      the word, with its probability
      kws evaluate recordings/   accuracy, confusions and the clips that fail

      Exit codes: 0 done, 1 a condition asked for failed, 64 usage, 65 bad data, 66 missing input, \
      70 internal error, 73 cannot create, 74 input/output error, 130 and 143 after SIGINT and SIGTERM.
      """,
    version: Version.current,
    subcommands: [
      TrainCommand.self, ClassifyCommand.self, EvaluateCommand.self, InfoCommand.self,
      FeaturesCommand.self, AuditCommand.self, CompareCommand.self, TuneCommand.self,
      BenchCommand.self,
    ])
}

@main
enum Main {
  static func main() {
    StandardStreams.fillGaps()
    Interruption.install()
    let arguments = RawArguments.afterProgramName
    do {
      var command = try Kws.parseAsRoot(ConfigFile.expanded(arguments))
      try command.run()
      try StandardOutput.flush()
    } catch {
      Failure.exit(for: error, arguments: arguments)
    }
  }
}

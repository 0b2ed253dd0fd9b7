import ArgumentParser
import Glibc
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

      Exit codes: 0 done, 1 a requested condition failed, 64 usage, 65 bad data, 66 missing input, \
      70 internal error, 71 no memory, 73 cannot create, 74 input/output error; 129, 130 and 143 after SIGHUP, \
      SIGINT and SIGTERM.
      """,
    version: Version.current,
    subcommands: [
      TrainCommand.self, ClassifyCommand.self, ListenCommand.self, EvaluateCommand.self,
      MergeCommand.self,
      TuneCommand.self, CompareCommand.self, AuditCommand.self, InfoCommand.self,
      FeaturesCommand.self, AugmentCommand.self, MixCommand.self, MineCommand.self,
      ReviewCommand.self,
      HalveCommand.self, ExportCommand.self, ImportCommand.self, BenchCommand.self,
    ])

  /// Without a command: the ways to begin.
  func run() throws {
    try StandardOutput.write(
      """
      kws recognises a few spoken words. Three ways to begin:

        kws train recordings/    learns your own words, from a folder per word with its recordings
        kws classify clip.wav    names the word in a clip; before you have trained a model, with one
                                 that knows ten English words
        kws listen               finds these words in what the microphone hears

      Then kws evaluate recordings/ --report report/ tells how good a model is.
      kws --help lists all commands, kws COMMAND --help the options of one.

      """)
  }
}

@main
enum Main {
  static func main() {
    if CommandLine.arguments.dropFirst() == [Isolation.workerArgument] { DecodingWorkers.serve() }
    StandardStreams.fillGaps()
    // Beyond a limit on file sizes, a write should fail with an error, not end the program.
    signal(SIGXFSZ, SIG_IGN)
    guard Descriptors.areEnough() else {
      StandardError.line(
        "kws: at most \(Descriptors.limit) files may be open at once, fewer than the "
          + "\(Descriptors.needed) needed; raise it with ulimit -n")
      Glibc.exit(EX_IOERR)
    }
    do { try MemoryLimit.install() } catch {
      StandardError.line("kws: \(error)")
      Glibc.exit(EX_OSERR)
    }
    Interruption.install()
    Glibc.exit(run(RawArguments.afterProgramName))
  }

  /// Runs a command and returns the exit code.
  @inline(never)
  private static func run(_ arguments: [String]) -> CInt {
    do {
      var command = try Kws.parseAsRoot(ConfigFile.expanded(arguments))
      try command.run()
      try StandardOutput.flush()
      return 0
    } catch { return Kws.report(error, arguments: arguments) }
  }
}

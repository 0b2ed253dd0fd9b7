import ArgumentParser
import KeywordSpotting
import SystemPackage

struct AugmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Write a clip with training's random changes, to listen to.",
    discussion: """
      The options are those of kws train, with the same defaults. Each copy is a WAV file at the \
      clip's rate, named 1.wav, 2.wav and so on. Vocal tract and masks change the features, not the \
      sound, so the files do not have them.
      """)

  @Argument(help: "Audio file, or - for standard input.") var clip: String
  @Option(help: ArgumentHelp("Folder to write to; created if necessary.", valueName: "folder"))
  var out: String
  @Option(help: "How many copies.") var count = 8
  @Option(help: "Seed of everything random.") var seed: UInt64 = 0
  @OptionGroup(title: "Augmentation") var augmentation: TableOptions<AugmentationSelection>

  func validate() throws {
    guard (1...10_000).contains(count) else {
      throw ValidationError("--count must be 1 to 10,000, not \(count)")
    }
  }

  func run() throws {
    let folder = RawArguments.path(out)
    try checkFolder(folder)
    let input = try ClipInput.one(clip)
    let decoded = try Isolation.decode(input, with: ClipReader(AudioDecoder()))
    var options = TrainingOptions(threads: 1)
    options.seed = seed
    try augmentation.apply(to: &options)
    let copies = try AugmentedCopies(options).make(of: decoded, count: count) {
      StandardError.line("kws: warning: \($0)")
    }
    try createFolders(folder)
    for (index, samples) in copies.enumerated() {
      let path = folder.appending("\(index + 1).wav")
      try AtomicFile.write(WaveFile.bytes(samples, sampleRate: decoded.sampleRate), to: path)
      try StandardOutput.line("\(path)")
    }
  }
}

import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

struct MixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mix",
    abstract: "Make a labelled test stream of words within speech and noise.",
    discussion: """
      The clips of the words come in a drawn order with speech between them, all at one level, and noise \
      under both. Beside the WAV file stands a table with the time of every word, for kws evaluate \
      --events. The same options give the same bytes.
      """)

  @Argument(help: "Folder with a folder per word, or a manifest.") var words: String
  @Argument(help: "Speech in which no word is said: recordings, or folders of them.")
  var speech: [String] = []
  @Option(help: ArgumentHelp("WAV file to write; the labels go beside it.", valueName: "file"))
  var out: String
  @Option(parsing: .unconditional, help: "Level of the words over the noise, in dB.")
  var snr = 10.0
  @Option(
    help: ArgumentHelp(
      "Noise: audio files in this folder and below it (default: synthetic).", valueName: "folder"))
  var noiseFolder: String?
  @Option(
    help: ArgumentHelp(
      "What is said in the speech: a table with path and text; recordings with a word are left out "
        + "(default: \(AlarmAudio.transcriptName) in its folder); repeatable.", valueName: "file"))
  var transcripts: [String] = []
  @Option(name: .customLong("words"), help: "Words to take, separated by commas (default: all).")
  var chosen: String?
  @Option(
    help: ArgumentHelp(
      "Part of the words: training, validation, testing or all.", valueName: "part"))
  var split = EvaluationPart.all
  @Option(help: ArgumentHelp("Clips to take of each word (default: all).", valueName: "count"))
  var each: Int?
  @Option(help: ArgumentHelp("Mean time between two words.", valueName: "seconds")) var gap = 5.0
  @Option(help: "Rate of the stream, in Hz.") var rate = 16_000
  @Option(help: "Seed of everything random.") var seed: UInt64 = 0
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    if !(-40...120).contains(snr) {
      throw ValidationError("--snr must lie between -40 and 120 dB, not at \(snr)")
    }
    if !(0.5...3_600).contains(gap) {
      throw ValidationError("--gap must lie between 0.5 and 3,600 s, not at \(gap)")
    }
    if !AudioLimits.sampleRates.contains(rate) {
      throw ValidationError("--rate must lie within \(AudioLimits.sampleRates) Hz, not at \(rate)")
    }
    if let each, each < 1 { throw ValidationError("--each must be 1 or more, not \(each)") }
  }

  func run() throws {
    let path = RawArguments.path(out)
    let table = FilePath(bytes: Array(path.bytes.withoutEnding) + Array(".csv".utf8))
    guard table != path else { throw Failure.usage("--out is the stream, a WAV file, not \(out)") }
    try AtomicFile.check(path)
    var options = DatasetOptions()
    options.purpose = .evaluation
    options.words = chosen.map(commaSeparated)
    let dataset = try Dataset.scan(RawArguments.path(words), options: options)
    let clips = try taken(dataset)
    // The whole recordings, not only their seconds for testing.
    let noise = try noiseFolder.map { folder in
      try NoiseRecording.below(RawArguments.path(folder)).map {
        NoiseRecording(path: $0.path, name: $0.name, split: .testing)
      }
    }
    var mix = StreamMix(
      clips, speech: try speechFiles(Set(clips.map(\.label)).sorted()), noise: noise ?? [])
    (mix.signalToNoise, mix.gapSeconds, mix.sampleRate, mix.seed) = (snr, gap, rate, seed)
    guard mix.mostSamples < Double(WaveFile.mostSamples) else {
      throw Failure.usage(
        "\(clips.count) words every \(gap) s do not fit into one WAV file: take fewer (--each)")
    }
    let progress = BatchProgress("mixing", total: clips.count, unit: "words", quiet: quiet)
    let outcome = try mix.write(
      to: path, labels: table,
      reader: ClipReader(AudioDecoder(sampleRate: rate), workers: Isolation.workers()),
      progress: progress.show)
    ProgressBar.clear()
    if outcome.rounds > 0, !quiet {
      StandardError.line(
        "kws: warning: the speech was too short and was repeated \(counted(outcome.rounds, "time"))"
      )
    }
    try StandardOutput.line("\(path)")
    try StandardOutput.line("\(table)")
    if !quiet {
      StandardError.line(
        "kws: \(counted(outcome.labels.count, "word")) in \(TextCell.fixed(outcome.seconds / 60, 1)) min"
      )
    }
    for clip in outcome.skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
    if !outcome.skipped.isEmpty {
      throw Failure.badData("\(counted(outcome.skipped.count, "clip")) could not be read")
    }
  }

  /// The clips of words, `each` of each at most, drawn by the seed.
  private func taken(_ dataset: Dataset) throws -> [Recording] {
    let part = dataset.recordings.filter {
      ClassLabel.isKeyword($0.label) && (split == .all || $0.split.rawValue == split.rawValue)
    }
    var clips: [Recording] = []
    for (index, label) in dataset.labels.enumerated() {
      var own = part.filter { $0.label == label }
      var generator = SeededGenerator(seed: seed).child(4).child(UInt64(index))
      if let each, own.count > each {
        generator.shuffle(&own)
        own = Array(own.prefix(each))
      }
      clips += own
    }
    let missing = (chosen.map(commaSeparated) ?? []).first { word in
      !part.contains { $0.label == word }
    }
    if let missing {
      throw Failure.badData("\(words): no clips of '\(missing)' in the part \(split.rawValue)")
    }
    guard !clips.isEmpty else {
      throw Failure.badData("\(words): no clips of words in the part \(split.rawValue)")
    }
    return clips
  }

  /// The recordings of speech in which none of the words is said, as far as transcripts tell.
  private func speechFiles(_ words: [String]) throws -> [FilePath] {
    let paths = try ClipInput.list(speech, filesFrom: nil).compactMap(\.path)
    if paths.isEmpty { return [] }
    for path in paths where path.withPlatformString({ access($0, R_OK) }) != 0 {
      throw FileError.missing(path)
    }
    let beside = speech.map { RawArguments.path($0).appending(AlarmAudio.transcriptName) }
    let labels = try EventLabels(transcripts.map(RawArguments.path) + beside.filter(isFile))
    let free = paths.filter { labels[$0]?.isFree(of: words) != false }
    if !quiet, free.count < paths.count {
      StandardError.line(
        "kws: \(paths.count - free.count) of \(paths.count) recordings of speech are left out: a word "
          + "is said in them")
    }
    if let warning = try AlarmAudio.check(free, labels, keywords: words), !quiet {
      StandardError.line("kws: warning: \(warning)")
    }
    guard !free.isEmpty else {
      throw Failure.badData("in all \(paths.count) recordings of speech a word is said")
    }
    return free
  }
}

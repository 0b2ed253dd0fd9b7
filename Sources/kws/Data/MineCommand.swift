import ArgumentParser
import KeywordSpotting
import SystemPackage

struct MineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mine",
    abstract: "Cut out of recordings what fires wrongly, to be taught as unknown.",
    discussion: """
      What fires comes first, then what nearly did, the nearest first. Where a transcript says that a \
      keyword is said, what that keyword does in the recording is left alone; where labels give times, \
      every part that holds the middle of a keyword is. The folder is for kws train --negatives.
      """)

  @Argument(help: "Model file, run folder, or built-in.") var model: String
  @Argument(help: "Recordings of speech and noise, or folders of them.") var audio: [String]
  @Option(help: ArgumentHelp("Folder to write, made if it is not there.", valueName: "folder"))
  var out: String
  @Option(
    help: ArgumentHelp(
      "What is said in them: labels as for kws evaluate --events (default: "
        + "\(AlarmAudio.transcriptName) in their folder); repeatable.", valueName: "labels"))
  var transcripts: [String] = []
  @Option(help: ArgumentHelp("Take what comes so near without firing.", valueName: "probability"))
  var near: Float = 0.25
  @Option(help: ArgumentHelp("Most clips to write.", valueName: "count")) var limit = 1_000
  @Option(
    help: ArgumentHelp(
      "Regular expression whose first group is the speaker in a file's name (default: training's).",
      valueName: "pattern"))
  var speakerPattern: String?
  @OptionGroup var channel: ChannelOption
  @OptionGroup var threads: ThreadOption
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    if !(near > 0 && near <= 1) {
      throw ValidationError("--near must lie above 0 and at most at 1, not at \(near)")
    }
    if !(1...1_000_000).contains(limit) {
      throw ValidationError("--limit must lie between 1 and 1,000,000, not at \(limit)")
    }
    if audio.isEmpty { throw ValidationError("which recordings? Give files or folders") }
  }

  func run() throws {
    let folder = RawArguments.path(out)
    try checkFolder(folder)
    let model = try NamedModel(model).model
    let paths = try ClipInput.paths(audio, for: "kws mine")
    let beside = audio.map { RawArguments.path($0).appending(AlarmAudio.transcriptName) }
    let labels = try EventLabels(transcripts.map(RawArguments.path) + beside.filter(isFile))
    let unknown = paths.count { labels[$0] == nil }
    if unknown > 0, !quiet {
      StandardError.line(
        "kws: warning: no transcript says what is in \(unknown) of \(paths.count) recordings: keywords "
          + "that are really said there are cut out too; listen before teaching them as unknown")
    }
    channel.remark(on: model, quiet: quiet)
    let classifier = Classifier(
      model, channel: channel.channel, threads: threads.count, workers: Isolation.workers())
    let miner = Miner(
      classifier, labels, near: near, limit: limit,
      speakers: try SpeakerFinder(model.record.options, given: speakerPattern))
    Interruption.heed()
    let progress = BatchProgress("listening", total: paths.count, unit: "recordings", quiet: quiet)
    let outcome = try miner.mine(
      paths, isCancelled: { Interruption.isRequested }, progress: progress.show)
    ProgressBar.clear()
    if Interruption.isRequested { throw Failure.interrupted("stopped; nothing is written") }
    let skipped = outcome.skipped + (try miner.write(outcome.clips, to: folder))
    try StandardOutput.line("\(folder)")
    if !quiet {
      let events = outcome.clips.count { $0.reason == "event" }
      StandardError.line(
        "kws: \(counted(outcome.clips.count, "clip")) of \(outcome.found) that fired or were near in "
          + "\(TextCell.fixed(outcome.hours, 2)) h; \(events) of them fired")
    }
    for clip in skipped.prefix(10) { StandardError.line("kws: skipped \(clip.reason)") }
    if !skipped.isEmpty {
      throw Failure.badData("\(skipped.count) of \(paths.count) recordings could not be read")
    }
  }
}

import ArgumentParser
import Glibc
import KeywordSpotting
import SystemPackage

/// The alarm recordings, in which false alarms are counted.
struct AlarmOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Recording without keywords, or folder of them, to count false alarms in; repeatable.",
      valueName: "path"))
  var alarmAudio: [String] = []
  @Option(
    help: ArgumentHelp(
      "What is said in them: a table with path and text (default: \(AlarmAudio.transcriptName) in "
        + "their folder); repeatable.", valueName: "file"))
  var transcripts: [String] = []

  func validate() throws {
    if !transcripts.isEmpty && alarmAudio.isEmpty {
      throw ValidationError("--transcripts needs --alarm-audio")
    }
  }

  /// The recordings; each is there, and none has a keyword by its transcript.
  ///
  /// Says where no transcript tells that.
  func paths(for model: KeywordModel, quiet: Bool) throws -> [FilePath] {
    let paths = try ClipInput.paths(alarmAudio, for: "--alarm-audio")
    for path in paths where path.withPlatformString({ access($0, R_OK) }) != 0 {
      throw FileError.missing(path)
    }
    if paths.isEmpty { return [] }
    let beside = alarmAudio.map { RawArguments.path($0).appending(AlarmAudio.transcriptName) }
    let labels = try EventLabels(transcripts.map(RawArguments.path) + beside.filter(isFile))
    let warning = try AlarmAudio.check(paths, labels, keywords: model.keywords)
    if let warning, !quiet { StandardError.line("kws: warning: \(warning)") }
    return paths
  }
}

import ArgumentParser
import KeywordSpotting

/// Speech without keywords, which shall not fire.
struct TrainNegativeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Recording of speech, or folder of them (mined clips too), of which random windows are taught as "
        + "unknown; repeatable.", valueName: "path"))
  var negatives: [String] = []
  @Option(
    help: ArgumentHelp(
      "What is said in them: labels as for kws evaluate --events (default: "
        + "\(AlarmAudio.transcriptName) in the folder); repeatable.", valueName: "labels"))
  var negativeLabels: [String] = []
  @Option(help: "Such windows an epoch, as a share of the keyword clips (default: 1).")
  var negativeShare: Double?

  @Option(
    help: ArgumentHelp(
      "Share of the keyword clips that are put into such windows, as words stand in a sentence "
        + "(default: \(NegativeOptions.standardWordShare)).", valueName: "share"))
  var wordShare: Double?

  func validate() throws {
    guard negatives.isEmpty else { return }
    if !negativeLabels.isEmpty { throw ValidationError("--negative-labels needs --negatives") }
    if negativeShare != nil { throw ValidationError("--negative-share needs --negatives") }
    if wordShare != nil { throw ValidationError("--word-share needs --negatives") }
  }

  /// nil where no recordings are named.
  var options: NegativeOptions? {
    negatives.isEmpty
      ? nil
      : NegativeOptions(
        negatives.map(RawArguments.path), labels: negativeLabels.map(RawArguments.path),
        share: negativeShare ?? 1,
        wordShare: wordShare ?? NegativeOptions.standardWordShare)
  }
}

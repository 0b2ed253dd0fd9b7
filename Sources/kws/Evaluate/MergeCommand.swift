import ArgumentParser
import KeywordSpotting
import SystemPackage

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make one report of the shards of an evaluation.",
    discussion: """
      The shards are the folders written by kws evaluate --shard i/n --report FOLDER, on any \
      machines. Neither the model nor the clips are needed. The report is the same as that of one \
      evaluation of all clips, except for times and machines.
      """)

  @Argument(help: "Folders of all shards, in any order.") var parts: [String]
  @Option(
    help: ArgumentHelp(
      "Folder for report.html, report.json, report.txt, predictions.csv, confusion.csv.",
      valueName: "folder"))
  var report: String
  @OptionGroup var gate: GateOptions
  @Flag(help: "The report as JSON.") var json = false

  func validate() throws {
    if parts.isEmpty {
      throw ValidationError("no shards were given; give the folders of all shards")
    }
  }

  func run() throws {
    var answers = try gate.baselineAnswers()
    let folder = try ReportFolder(RawArguments.path(report))
    let report = try EvaluationState.merge(parts.map(RawArguments.path), into: folder)
    if answers != nil {
      try PredictionTable.forEach(in: folder.predictionsPath) { answers?.addSecond($0) }
    }
    try StandardOutput.write(
      bytes: json
        ? EvaluationJSON.render(report)
        : Array(EvaluationText(width: StandardOutput.width).render(report).utf8))
    try EvaluateCommand.check(report.skipped, of: report.total)
    try gate.check(report, answers)
  }
}

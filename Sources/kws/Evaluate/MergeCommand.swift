import ArgumentParser
import KeywordSpotting
import SystemPackage

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make one report of the shards of an evaluation.",
    discussion: """
      The shards are the folders that kws evaluate --shard i/n --report FOLDER wrote, on any \
      machines. Neither the model nor the clips are needed. The report is the one that the whole \
      would have given, but for times and machines.
      """)

  @Argument(help: "Folders of all shards, in any order.") var parts: [String]
  @Option(
    help: ArgumentHelp(
      "Folder to write: report.html, report.json, report.txt, predictions.csv, confusion.csv.",
      valueName: "folder"))
  var report: String
  @OptionGroup var gate: GateOptions
  @Flag(help: "The report as JSON.") var json = false

  func validate() throws {
    if parts.isEmpty { throw ValidationError("which shards? Give the folders of all of them") }
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

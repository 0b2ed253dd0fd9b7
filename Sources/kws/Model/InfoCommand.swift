import ArgumentParser
import KeywordSpotting
import SystemPackage

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Print the metadata of a model.")

  @Argument(help: "Model file, run folder, or built-in (default: as for classify).") var path:
    String?
  @Flag(help: "As one JSON object.") var json = false

  func run() throws {
    var choice = ModelChoice()
    choice.model = path
    let model = try choice.load(quiet: json).model
    try StandardOutput.write(json ? model.infoJSON : model.infoText)
  }
}

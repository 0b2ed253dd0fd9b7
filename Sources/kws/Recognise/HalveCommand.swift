import ArgumentParser
import KeywordSpotting
import SystemPackage

struct HalveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "halve",
    abstract: "Write a model with its weights as float16, in half the space.",
    discussion: "Measure the effect on accuracy with kws evaluate; usually there is none.")

  @Argument(help: "Model file, run folder, or built-in.") var model: String
  @Argument(help: "File to write.") var out: String

  func run() throws {
    try NamedModel(model).model.write(to: RawArguments.path(out), half: true)
  }
}

import ArgumentParser
import KeywordSpotting
import SystemPackage

struct HalveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "halve",
    abstract: "Write a model with its weights in half the space, or a quarter.",
    discussion: """
      As float16 in half the space, with --int8 in about a quarter. A model in 8 bits also computes in 8 \
      bits, which is faster; one in float16 computes in floats. Measure the effect on accuracy with kws compare; with float16 there is usually none.
      """)

  @Argument(help: "Model file, run folder, or built-in.") var model: String
  @Argument(help: "File to write.") var out: String
  @Flag(help: "Weights of the LSTM layers in 8 bits, with a scale for each row.")
  var int8 = false

  func run() throws {
    try NamedModel(model).model.write(to: RawArguments.path(out), as: int8 ? .int8 : .float16)
  }
}

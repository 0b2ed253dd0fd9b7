import ArgumentParser
import KeywordSpotting
import SystemPackage

struct ExportCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case onnx, c }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model for other programs: as ONNX or C.",
    discussion: """
      onnx: one file from samples (or features) to posteriors, of standard operators, with the \
      labels, the front end and the decision as metadata. c: a folder with C99 source that needs \
      nothing but libm, an example, a test with golden vectors and a Makefile.
      """)

  @Argument(help: "Model file or run folder (default: as for classify).") var model: String?
  @Option(help: "onnx or c.") var format: Format
  @Option(help: ArgumentHelp("File to write, or folder for C.", valueName: "path"))
  var out: String
  @Option(
    help: """
      What an ONNX graph reads: audio, (batch, samples) at the model's rate, or features, (batch, \
      frames, F) as kws features prints them (default: audio).
      """)
  var input: ONNXExport.Input?
  @Option(
    help: """
      Version of ONNX's operators, \(ONNXExport.opsets.lowerBound) to \
      \(ONNXExport.opsets.upperBound) (default: \(ONNXExport.standardOpset)).
      """)
  var opset: Int?
  @Flag(help: "C: weights of the LSTM layers in 8 bits, with a scale for each row.")
  var int8 = false

  func validate() throws {
    switch format {
    case .onnx:
      if int8 { throw ValidationError("--int8 is for --format c") }
    case .c:
      if input != nil { throw ValidationError("--input is for --format onnx; C reads samples") }
      if opset != nil { throw ValidationError("--opset is for --format onnx") }
    }
  }

  func run() throws {
    var choice = ModelChoice()
    choice.model = model
    let (model, path) = try choice.load(quiet: false)
    let out = RawArguments.path(out)
    switch format {
    case .onnx:
      try ONNXExport(
        model, input: input ?? .audio, opset: opset ?? ONNXExport.standardOpset
      ).write(to: out)
    case .c:
      try CExport(model, name: path.displayName, weights: int8 ? .int8 : .float32).write(to: out)
    }
  }
}

extension ONNXExport.Input: ExpressibleByArgument {}

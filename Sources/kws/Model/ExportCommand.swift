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

  @Argument(help: "Model file, run folder, or built-in (default: as for classify).") var model:
    String?
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
  @Flag(help: "Weights of the LSTM layers in 8 bits, with a scale for each row.")
  var int8 = false

  @Option(
    help: ArgumentHelp(
      "Run what was written on this dataset and print the differences from kws.",
      valueName: "dataset"))
  var verify: String?
  @Option(
    help: ArgumentHelp(
      "Largest difference of a posterior that passes; exit 1 beyond (default: 0.0001, of 8 bits 1).",
      valueName: "difference"))
  var tolerance: Float?
  @OptionGroup(title: "With --verify") var measuring: MeasuringOptions

  func validate() throws {
    if let tolerance, !(0...1).contains(tolerance) {
      throw ValidationError("--tolerance must lie between 0 and 1, not at \(tolerance)")
    }
    if tolerance != nil && verify == nil {
      throw ValidationError("--tolerance is for --verify, which names a dataset")
    }
    switch format {
    case .onnx: break
    case .c:
      if input != nil { throw ValidationError("--input is for --format onnx; C reads samples") }
      if opset != nil { throw ValidationError("--opset is for --format onnx") }
    }
  }

  func run() throws {
    var choice = ModelChoice()
    choice.model = model
    let named = try choice.load(quiet: false)
    let model = named.model
    let out = RawArguments.path(out)
    let scanned = try verify.map { try measuring.scan($0, for: model) }
    let target: ExportVerification.Target
    let weights: ExportedWeights = int8 ? .int8 : .float32
    switch format {
    case .onnx:
      let input = input ?? .audio
      try ONNXExport(
        model, input: input, opset: opset ?? ONNXExport.standardOpset, weights: weights
      ).write(to: out)
      target = .onnx(out, input)
    case .c:
      try CExport(model, name: named.name, weights: weights).write(to: out)
      target = .c(out)
    }
    if let scanned { try check(target, of: model, on: scanned) }
  }

  private func check(
    _ target: ExportVerification.Target, of model: KeywordModel, on dataset: Dataset
  ) throws {
    let classifier = measuring.classifier(model, quiet: false)
    let plan = try EvaluationPlan(dataset, for: classifier, part: measuring.split)
    StandardError.remarks(plan.summary)
    let progress = BatchProgress("verifying", total: plan.itemCount, quiet: false)
    let verification = try ExportVerification(of: target, classifier, plan, progress: progress.show)
    ProgressBar.clear()
    try StandardOutput.write(verification.text)
    try EvaluateCommand.check(verification.skipped, of: plan.itemCount)
    // kws multiplies what is in 8 bits as whole numbers, an export as floats.
    let limit = tolerance ?? (int8 || model.network.isInt8 ? 1 : 1e-4)
    guard verification.largestDifference <= limit else {
      throw Failure.condition(
        "a posterior differs by \(verification.largestDifference), more than \(limit)")
    }
  }
}

extension ONNXExport.Input: ExpressibleByArgument {}

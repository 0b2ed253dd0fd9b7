import ArgumentParser
import KeywordSpotting
import SystemPackage

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a model of weights that PyTorch trained.",
    discussion: """
      Reads the state of an nn.LSTM (weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, ..., with any \
      prefix) and of a linear output layer from a safetensors file; layers, directions and sizes follow \
      from it. The features must be those that the network was trained on: compare them with kws \
      features. The file may hold their mean and deviation as tensors of these names.
      """)

  @Argument(help: "Safetensors file with the weights, as float32 or float16.") var weights: String
  @Option(
    help: ArgumentHelp(
      "The classes in the order of the output layer's rows, separated by commas; _unknown_ is the "
        + "class of other words, _silence_ that without speech.", valueName: "a,b,..."))
  var labels: String
  @Option(
    help: """
      From the states of all frames to one vector: last (h_n of each direction), mean, attention or \
      attention+mean (with a layer attention.weight, attention.bias).
      """)
  var pooling: Pooling
  @Option(help: ArgumentHelp("File to write.", valueName: "file")) var out: String
  @Option(help: ArgumentHelp("Name of the output layer (default: fc).", valueName: "name"))
  var outputLayer: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Mean of the features, one number or one for each, separated by commas (default: the file's, "
        + "else 0).", valueName: "numbers"))
  var mean: String?
  @Option(
    help: ArgumentHelp(
      "Deviation of the features, in the same way (default: the file's, else 1).",
      valueName: "numbers"))
  var deviation: String?
  @Option(help: "Longest clip read whole, in seconds.") var maxClipSeconds = 1.0
  @OptionGroup var features: TableOptions<ImportedFeatureSelection>

  func validate() throws {
    guard (mean == nil) == (deviation == nil) else {
      throw ValidationError("--mean and --deviation belong together")
    }
    _ = try normalization()
    guard maxClipSeconds > 0, maxClipSeconds <= 60 else {
      throw ValidationError("--max-clip-seconds must be above 0 to 60, not \(maxClipSeconds)")
    }
  }

  func run() throws {
    let out = RawArguments.path(out)
    try AtomicFile.check(out)
    var choices = TrainingOptions(threads: 1)
    try features.apply(to: &choices)
    var source = TorchImport(
      labels: labels.split(separator: ",", omittingEmptySubsequences: false).map(String.init),
      pooling: pooling)
    source.frontEnd = FrontEndOptions(
      preset: choices.preset, sampleRate: choices.sampleRate ?? source.frontEnd.sampleRate)
    choices.adjustFrontEnd(&source.frontEnd)
    source.window = ClipWindow(
      minimumSeconds: min(0.25, maxClipSeconds), maximumSeconds: maxClipSeconds,
      hopSeconds: maxClipSeconds / 4)
    source.normalization = try normalization()
    source.output = outputLayer
    let model = try source.model(contentsOf: RawArguments.path(weights))
    try model.write(to: out)
    StandardError.line("kws: \(Self.summary(model))")
  }

  /// What was found, and what the file did not say.
  private static func summary(_ model: KeywordModel) -> String {
    let shape = model.network.shape
    var parts = [
      "\(shape.layers) x \(shape.hidden) hidden units \(shape.directions), \(shape.features) features"
    ]
    let normalization = model.normalization
    if normalization.mean.allSatisfy({ $0 == 0 }), normalization.deviation.allSatisfy({ $0 == 1 }) {
      parts.append("no normalisation")
    }
    if model.decision.threshold > 0 {
      parts.append(
        "a keyword needs \(model.decision.threshold), because there is no class "
          + ClassLabel.unknown)
    }
    return parts.joined(separator: "; ")
  }

  private func normalization() throws -> FeatureNormalization? {
    guard let mean, let deviation else { return nil }
    let (means, deviations) = (
      try Self.numbers(mean, "--mean"), try Self.numbers(deviation, "--deviation")
    )
    guard means.count == deviations.count else {
      throw ValidationError("\(means.count) means and \(deviations.count) deviations")
    }
    guard deviations.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--deviation must be above 0")
    }
    return FeatureNormalization(mean: means, deviation: deviations)
  }

  private static func numbers(_ text: String, _ option: String) throws -> [Float] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Float(part), number.isFinite else {
        throw ValidationError("\(option) must be numbers separated by commas, not \(text)")
      }
      return number
    }
  }
}

/// The features of weights that were trained elsewhere; no clip says their rate.
enum ImportedFeatureSelection: OptionSelection {
  static let options = TrainingOption.features.map { option in
    option.name == "rate"
      ? option.described(as: "Sample rate of the features, in Hz. (default: 16000)") : option
  }
}

extension Pooling: ExpressibleByArgument {}

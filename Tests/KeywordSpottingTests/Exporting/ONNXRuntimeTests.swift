import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Exporting
@testable import Neural
@testable import Recognition
@testable import Sound

enum PythonRuntime {
  static let isThere = ONNXRunner.isThere
}

/// The file's answers in onnxruntime are the recogniser's.
@Suite(.enabled(if: PythonRuntime.isThere, "Python has no onnxruntime; see KWS_PYTHON"))
struct ONNXRuntimeTests {
  private let folder = TemporaryFolder()

  /// Posteriors are equal over clips of several lengths, a short one among them.
  private func expectEqual(
    _ model: KeywordModel, _ input: ONNXExport.Input, opset: Int = ONNXExport.standardOpset,
    _ weights: ExportedWeights = .float32, within tolerance: Float, _ comment: Comment? = nil
  ) throws {
    let path = folder["model.onnx"]
    try ONNXExport(model, input: input, opset: opset, weights: weights).write(to: path)
    let clips = [(8_000, 1), (8_000, 2), (1_500, 3), (4_321, 4), (2_000, 5)].map {
      ExportFixture.samples($0.0, seed: UInt64($0.1))
    }
    var rounded = model
    if weights == .int8 { rounded.network = model.network.withRoundedWeights }
    let recogniser = Recogniser(rounded)
    let expected = try clips.map {
      try recogniser.posteriors(of: recogniser.windows(of: $0).map(\.features))[0]
    }
    var plain = model.normalization
    plain.mean = plain.mean.map { _ in 0 }
    plain.deviation = plain.deviation.map { _ in 1 }
    var raw = model
    raw.normalization = plain
    let sequences =
      try input == .audio
      ? clips : clips.map { try Recogniser(raw).windows(of: $0)[0].features.values }
    let runner = try ONNXRunner(path, input: input, classes: model.labels.count)
    let found = try runner.posteriors(of: sequences)
    let difference = zip(found.joined(), expected.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(difference < tolerance, comment)
  }

  /// The checker of the standard, with the shapes and types of every value inferred.
  @Test(arguments: ONNXExport.Input.allCases)
  func theCheckerAccepts(_ input: ONNXExport.Input) throws {
    for opset in ONNXExport.opsets {
      for preset in FrontEndPreset.allCases {
        let options = FrontEndOptions(preset: preset, sampleRate: 8_000)
        let name = "\(opset)-\(preset).onnx"
        try ONNXExport(
          ExportFixture.model(layers: 2, frontEnd: options), input: input, opset: opset
        ).write(
          to: folder[name])
      }
    }
    let script = """
      import glob, onnx, sys
      for path in glob.glob(sys.argv[1] + "/*.onnx"):
          onnx.checker.check_model(path, full_check=True)
      """
    let python = ProcessInfo.processInfo.environment["KWS_PYTHON"] ?? "python3"
    let outcome = ExternalProgram.run(
      [FilePath(python), "-c", FilePath(script), folder.path], scratch: folder.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(arguments: Pooling.allCases, Directions.allCases)
  func networksGiveTheSame(_ pooling: Pooling, _ directions: Directions) throws {
    for layers in 1...2 {
      let model = ExportFixture.model(
        layers: layers, directions: directions, pooling: pooling)
      // The runtime adds in another order, and the model is steep.
      try expectEqual(model, .features, within: 1e-5)
    }
  }

  /// The file restores what the rounded weights stand for.
  @Test func weightsInEightBitsGiveTheSame() throws {
    let model = ExportFixture.model(layers: 2)
    try expectEqual(model, .features, .int8, within: 1e-5)
  }

  @Test(arguments: FrontEndPreset.allCases)
  func presetsGiveTheSame(_ preset: FrontEndPreset) throws {
    var options = FrontEndOptions(preset: preset, sampleRate: 8_000)
    try expectEqual(ExportFixture.model(frontEnd: options), .audio, within: 1e-4)
    options.deltaOrder = 2
    options.subtractsClipMean = true
    try expectEqual(ExportFixture.model(frontEnd: options), .audio, within: 1e-4)
  }

  /// Stages that no preset has on.
  @Test func otherStagesGiveTheSame() throws {
    let changes: [(inout FrontEndOptions) -> Void] = [
      { $0.levelDecibels = -20 }, { $0.logRange = 4 }, { $0.spectrum = .periodogram },
      { ($0.energy, $0.firstBin, $0.lowFrequency) = (.spectrum, 3, 200) }, { $0.energy = .frame },
      { ($0.preEmphasis, $0.preEmphasisScope) = (0.9, .clip) }, { $0.precision = .double },
      { ($0.deltaOrder, $0.deltaRule, $0.deltaReach) = (2, .savitzkyGolay, 3) },
      { ($0.zerothLast, $0.lifter) = (true, 22) }, { $0.framing = .padded },
    ]
    for change in changes {
      var options = FrontEndOptions(preset: .kws, sampleRate: 8_000)
      change(&options)
      try expectEqual(ExportFixture.model(frontEnd: options), .audio, within: 1e-4, "\(options)")
    }
  }

  @Test(arguments: [14, 18, 20, 22])
  func otherOpsetsGiveTheSame(_ opset: Int) throws {
    var options = FrontEndOptions(preset: .kws, sampleRate: 8_000)
    (options.logRange, options.subtractsClipMean) = (40, true)
    try expectEqual(ExportFixture.model(frontEnd: options), .audio, opset: opset, within: 1e-4)
  }
}

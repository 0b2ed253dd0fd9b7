import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Neural
@testable import Recognition
@testable import Sound

/// Weights under PyTorch's names become the model that they were.
@Suite struct TorchImportTests {
  private let folder = TemporaryFolder()

  private func model(
    _ source: TorchImport, _ tensors: [Tensor]
  ) throws -> KeywordModel {
    folder.write("w.safetensors", ImportFixture.bytes(tensors))
    return try source.model(contentsOf: folder["w.safetensors"])
  }

  private func problem(_ source: TorchImport, _ tensors: [Tensor]) -> String? {
    do {
      _ = try model(source, tensors)
      return nil
    } catch { return "\(error)" }
  }

  @Test(arguments: Pooling.allCases, Directions.allCases)
  func posteriorsStay(_ pooling: Pooling, _ directions: Directions) throws {
    for layers in [1, 3] {
      let original = ImportFixture.plain(
        ExportFixture.model(layers: layers, directions: directions, pooling: pooling))
      let imported = try model(
        ImportFixture.source(original), ImportFixture.tensors(original))
      #expect(imported.network.shape == original.network.shape)
      #expect(
        try ImportFixture.posteriors(imported) == ImportFixture.posteriors(original),
        "\(layers) layers")
    }
  }

  @Test func everyPrefixIsFound() throws {
    let original = ImportFixture.plain(ExportFixture.model(layers: 2))
    for (lstm, output, beside) in [
      ("", "fc", ""), ("rnn.", "fc", ""), ("model.lstm.", "model.fc", "model."),
      ("a.b.c.", "a.b.fc", "a.b."),
    ] {
      let tensors = ImportFixture.tensors(original, lstm: lstm, output: output, beside: beside)
      let imported = try model(ImportFixture.source(original), tensors)
      #expect(imported.network.parameters == original.network.parameters, "\(lstm)")
      #expect(imported.normalization == original.normalization, "\(lstm)")
    }
    var named = ImportFixture.source(original)
    named.output = "head.linear"
    let tensors = ImportFixture.tensors(original, output: "head.linear")
    #expect(try model(named, tensors).network.parameters == original.network.parameters)
  }

  @Test func theNormalizationIsTheFilesOrGivenOrNone() throws {
    let original = ExportFixture.model()
    let count = original.frontEnd.featureCount
    var source = ImportFixture.source(original)
    let bare = ImportFixture.tensors(original, withNormalization: false)
    let none = try model(source, bare).normalization
    #expect(none.mean == [Float](repeating: 0, count: count))
    #expect(none.deviation == [Float](repeating: 1, count: count))
    source.normalization = FeatureNormalization(mean: [-3], deviation: [2])
    let given = try model(source, bare).normalization
    #expect(given.mean == [Float](repeating: -3, count: count))
    #expect(given.deviation == [Float](repeating: 2, count: count))
    source.normalization = original.normalization
    #expect(try model(source, bare).normalization == original.normalization)
    #expect(
      problem(source, ImportFixture.tensors(original))?.contains("has its own: tensor mean") == true
    )
    source.normalization = FeatureNormalization(mean: [1, 2], deviation: [1, 2])
    #expect(problem(source, bare)?.contains("mean has 2 numbers; the network reads 40") == true)
  }

  @Test func anImportedModelSaysSoAndIsStored() throws {
    var original = ExportFixture.model()
    original.labels = ["no", "yes", "up", "down"]
    let imported = try model(
      ImportFixture.source(original), ImportFixture.tensors(original))
    // Without an unknown class, only a threshold can reject a word.
    #expect(imported.decision.threshold == 0.5)
    let text = imported.infoText
    #expect(
      text.contains("trained: elsewhere; imported by kws \(Version.current) from w.safetensors"))
    let read = try KeywordModel(decoding: imported.encoded(), from: "m")
    #expect(read.encoded() == imported.encoded() && read.record.isImported)
  }

  @Test func whatDoesNotFitIsNamed() {
    let original = ExportFixture.model()
    let good = ImportFixture.tensors(original)
    let source = ImportFixture.source(original)
    func without(_ name: String) -> [Tensor] { good.filter { $0.name != name } }
    func changed(_ name: String, _ change: (inout Tensor) -> Void) -> [Tensor] {
      var tensors = good
      change(&tensors[tensors.firstIndex { $0.name == name }!])
      return tensors
    }
    let cases: [([Tensor], String)] = [
      ([], "no tensor weight_ih_l0"),
      (without("lstm.weight_ih_l0"), "no tensor weight_ih_l0"),
      (without("lstm.bias_hh_l0"), "tensor lstm.bias_hh_l0 is missing"),
      (without("lstm.weight_ih_l0_reverse"), "tensor lstm.weight_ih_l0_reverse is missing"),
      (without("fc.weight"), "tensor fc.weight is missing; the file has attention.weight"),
      (without("fc.bias"), "tensor fc.bias is missing"),
      (without("attention.bias"), "tensor attention.bias is missing"),
      (without("mean"), "there is no tensor mean"),
      (without("deviation"), "there is no tensor deviation"),
      (good + [Tensor(name: "x", shape: [1], values: [0])], "tensor x has no place"),
      (
        good + [Tensor(name: "b.weight_ih_l0", shape: [1], values: [0])],
        "several LSTMs: b.weight_ih_l0, lstm.weight_ih_l0"
      ),
      (changed("lstm.weight_ih_l0") { $0.shape = [800] }, "is no matrix"),
      (changed("lstm.weight_hh_l0") { $0.shape = [5, 20] }, "has the shape"),
      (
        changed("lstm.weight_hh_l0") { ($0.shape, $0.values) = ([20, 0], []) },
        "hidden: 0 is outside"
      ),
      (changed("lstm.weight_hh_l0") { $0.values[7] = .nan }, "lstm.weight_hh_l0 holds a value"),
      (changed("fc.bias") { $0.values[0] = 1e10 }, "tensor fc.bias holds 1e+10"),
      (changed("mean") { $0.values[0] = .infinity }, "mean holds a value that is not finite at 0"),
      (changed("deviation") { $0.values[3] = 0 }, "a deviation must lie within"),
    ]
    for (tensors, words) in cases {
      let found = problem(source, tensors)
      #expect(
        found?.contains("w.safetensors: cannot be imported: ") == true
          && found?.contains(words) == true && found?.contains("\n") == false,
        "\(words): \(found ?? "imported")")
    }
    var other = source
    other.labels.removeLast()
    #expect(problem(other, good)?.contains("3 labels for 4 classes") == true)
    other = source
    other.frontEnd = FrontEndOptions(preset: .kws, sampleRate: 8_000)
    #expect(
      problem(other, good)?.contains("makes 39 features, the network reads 40") == true)
    other = source
    other.pooling = .mean
    #expect(problem(other, good)?.contains("tensor fc.weight has the shape") == true)
  }

  @Test(arguments: ["F64", "I64", "I32"]) func otherTypesAreRefusedByName(_ type: String) {
    let original = ExportFixture.model()
    var bytes = ImportFixture.bytes(ImportFixture.tensors(original))
    // Of the first tensor, which is lstm.weight_ih_l0.
    let place = bytes.indices.first { bytes[$0...].starts(with: "F32".utf8) }!
    bytes.replaceSubrange(place..<place + 3, with: type.utf8)
    folder.write("w.safetensors", bytes)
    let error = #expect(throws: ModelError.self) {
      try ImportFixture.source(original).model(contentsOf: folder["w.safetensors"])
    }
    #expect(
      error?.description.hasSuffix(
        "tensor lstm.weight_ih_l0 has the type \(type); F32, F16, I8 and U8 are supported") == true)
  }

  @Test func halfPrecisionIsRead() throws {
    let original = ImportFixture.plain(ExportFixture.model(layers: 2))
    let container = Safetensors(metadata: [:], tensors: ImportFixture.tensors(original))
    folder.write("h.safetensors", container.encoded(half: true))
    let imported = try ImportFixture.source(original).model(contentsOf: folder["h.safetensors"])
    for (a, b) in zip(imported.network.parameters, original.network.parameters) {
      #expect(a == Float(Float16(b)))
    }
  }
}

import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Neural
@testable import Recognition
@testable import Sound

/// A model file written by kws, read by safetensors 0.8 and loaded into PyTorch's `nn.LSTM` as it is.
///
/// `KWS_RECORD=1` writes Fixtures/torch/model.safetensors anew and fails; then
/// Fixtures/make/torch_model.py computes logits and posteriors in Fixtures/torch/model.json from it.
@Suite struct TorchModelTests {
  private static let root = Repository.fixtures.appending("torch")

  private struct Golden: Decodable {
    var lengths: [Int]
    var logits: [[Float]]
    /// The documentation's lines, as they were run.
    var recipe: String
    var posteriors: [Posteriors]

    struct Posteriors: Decodable {
      var temperature: Float
      var rows: [[Float]]
    }
  }

  private let golden: Golden
  private let model: KeywordModel
  /// One matrix of features for each length of the golden file.
  private let features: [Features]

  init() throws {
    let text = try #require(TemporaryFolder.read(Self.root.appending("model.json")))
    golden = try JSONDecoder().decode(Golden.self, from: Data(text))
    model = try KeywordModel(contentsOf: Self.root.appending("model.safetensors"))
    let count = model.network.shape.features
    var index = 0.0
    features = golden.lengths.map { length in
      let values = (0..<length * count).map { _ in
        defer { index += 1 }
        return Float(cos(1.3 * index + 0.1))
      }
      return Features(frameCount: length, featureCount: count, values: values)
    }
  }

  @Test func theFileIsWrittenAsRecorded() {
    let path = Self.root.appending("model.safetensors")
    let bytes = ModelFixture.model(hidden: 5, layers: 2).encoded()
    if getenv("KWS_RECORD") != nil {
      TemporaryFolder.write(bytes, to: path)
      Issue.record("recorded \(path): run Fixtures/make/torch_model.py, then without KWS_RECORD")
      return
    }
    #expect(TemporaryFolder.read(path) == bytes)
  }

  /// PyTorch computes in float32 too, in another order: sums of some hundred terms of about 1 differ
  /// by 1e-6 or so, which two layers and the dense output may carry to 1e-5.
  @Test func logitsAreThoseOfPyTorch() throws {
    let logits = Inference(model.network, threads: 2).logits(
      SequenceBatch(
        featureCount: model.network.shape.features, sequences: features.map(\.values)))
    #expect(logits.count == 4 && golden.logits.count == 4)
    for (ours, theirs) in zip(logits, golden.logits) { expect(ours, equal: theirs, within: 1e-5) }
  }

  /// The maker ran the documentation's lines in PyTorch.
  ///
  /// A logit's error of 1e-5 over a temperature of 0.25 moves a posterior by 1e-5 at most.
  @Test func posteriorsAreThoseOfTheDocumentedRecipe() throws {
    #expect(golden.posteriors.map(\.temperature) == [0.25, 1, 3])
    for (temperature, rows) in golden.posteriors.map({ ($0.temperature, $0.rows) }) {
      var model = model
      model.decision.temperature = temperature
      let ours = Recogniser(model).posteriors(of: features)
      #expect(ours.count == 4 && rows.count == 4)
      for (ours, theirs) in zip(ours, rows) { expect(ours, equal: theirs, within: 1e-5) }
    }
  }

  @Test func theDocumentedRecipeIsTheOneThatWasRun() throws {
    let path = Repository.root.appending(
      "Sources/KeywordSpotting/KeywordSpotting.docc/ModelFile.md")
    let article = try #require(TemporaryFolder.text(path))
    #expect(golden.recipe.contains("/ temperature)"))
    #expect(article.contains("computes the same posteriors:\n\n" + golden.recipe))
  }

  private func expect(_ ours: [Float], equal theirs: [Float], within tolerance: Float) {
    #expect(ours.count == theirs.count && !ours.isEmpty)
    for (a, b) in zip(ours, theirs) { #expect(abs(a - b) < tolerance, "\(a) and \(b)") }
  }
}

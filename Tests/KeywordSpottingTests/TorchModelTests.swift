import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Neural
@testable import Recognition

/// A model file written by kws, read by safetensors 0.8 and loaded into PyTorch's `nn.LSTM` as it is.
///
/// `KWS_RECORD=1` writes Fixtures/torch/model.safetensors anew and fails; then
/// Fixtures/make/torch_model.py computes the logits in Fixtures/torch/model.json from it.
@Suite struct TorchModelTests {
  private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("Fixtures").appending("torch")

  private struct Golden: Decodable {
    var lengths: [Int]
    var logits: [[Float]]
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
    let text = try #require(TemporaryFolder.read(Self.root.appending("model.json")))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(text))
    let model = try KeywordModel(contentsOf: Self.root.appending("model.safetensors"))
    let features = model.network.shape.features
    var index = 0.0
    let sequences = golden.lengths.map { length in
      (0..<length * features).map { _ in
        defer { index += 1 }
        return Float(cos(1.3 * index + 0.1))
      }
    }
    let logits = Inference(model.network, threads: 2).logits(
      SequenceBatch(featureCount: features, sequences: sequences))
    for (ours, theirs) in zip(logits, golden.logits) {
      for (a, b) in zip(ours, theirs) { #expect(abs(a - b) < 1e-5, "\(a) and \(b)") }
    }
    #expect(logits.count == 4 && golden.logits.count == 4)
  }
}

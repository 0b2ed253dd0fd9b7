import SystemPackage
import TestSupport

@testable import Neural
@testable import Recognition
@testable import Sound

/// Networks as PyTorch's `state_dict` holds them.
enum ImportFixture {
  /// The tensors of a model under other names than a model's file gives them.
  static func tensors(
    _ model: KeywordModel, lstm: String = "lstm.", output: String = "fc", beside: String = "",
    withNormalization: Bool = true, isInt8: (ParameterRole) -> Bool = { _ in false }
  ) -> [Tensor] {
    var tensors = model.network.tensors(isInt8: isInt8)
    for index in tensors.indices {
      let name = tensors[index].name
      if name.hasPrefix("lstm.") {
        tensors[index].name = lstm + name.dropFirst(5)
      } else if name.hasPrefix("output") {
        tensors[index].name = output + name.dropFirst(6)
      } else {
        tensors[index].name = beside + name
      }
    }
    guard withNormalization else { return tensors }
    let count = model.normalization.mean.count
    return tensors + [
      Tensor(name: beside + "mean", shape: [count], values: model.normalization.mean),
      Tensor(name: beside + "deviation", shape: [count], values: model.normalization.deviation),
    ]
  }

  /// A file as the safetensors package of Python writes it.
  static func bytes(_ tensors: [Tensor]) -> [UInt8] {
    Safetensors(metadata: ["format": "pt"], tensors: tensors).encoded()
  }

  /// What a person says of the model's weights.
  static func source(_ model: KeywordModel) -> TorchImport {
    var source = TorchImport(labels: model.labels, pooling: model.network.shape.pooling)
    (source.frontEnd, source.window) = (model.frontEnd, model.window)
    return source
  }

  /// The model as an import makes it: without what no weights say.
  static func plain(_ model: KeywordModel) -> KeywordModel {
    var model = model
    (model.decision, model.rule) = (Decision(), ListeningRule())
    return model
  }

  static func posteriors(_ model: KeywordModel, seed: UInt64 = 3) throws -> [[Float]] {
    let recogniser = Recogniser(model)
    let windows = try recogniser.windows(of: ExportFixture.samples(14_000, seed: seed))
    return recogniser.posteriors(of: windows.map(\.features))
  }
}

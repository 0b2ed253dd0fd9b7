import TestSupport
import Testing

@testable import Basics
@testable import Neural
@testable import Recognition

/// Models whose matrices are stored in 8 bits.
@Suite struct Int8ModelTests {
  private let model = ModelFixture.model(hidden: 5, layers: 2)

  private func container() throws -> Safetensors {
    try Safetensors(decoding: model.encoded(as: .int8))
  }

  private func problem(_ change: (inout [Tensor]) -> Void) throws -> String? {
    var container = try container()
    change(&container.tensors)
    do {
      _ = try KeywordModel(decoding: container.encoded(), from: "m")
      return nil
    } catch { return "\(error)" }
  }

  private func problem(
    _ name: String, _ change: (inout Tensor) -> Void
  ) throws -> String? {
    try problem { tensors in
      for index in tensors.indices where tensors[index].name == name { change(&tensors[index]) }
    }
  }

  /// Reading gives what an export with 8 bits computes with.
  @Test func theWeightsAreRoundedByRow() throws {
    let read = try KeywordModel(decoding: model.encoded(as: .int8), from: "m")
    #expect(read.network.parameters == model.network.withRoundedWeights.parameters)
    #expect(read.network.parameters != model.network.parameters)
    for entry in model.network.layout.entries where !entry.role.isRounded {
      #expect(read.network.parameters[entry.range] == model.network.parameters[entry.range])
    }
    let said = ", products of the LSTM layers in 8 bits"
    #expect(read.infoText.contains(said) && !model.infoText.contains(said))
    #expect(read.infoText.replacing(said, with: "") == model.infoText)
  }

  /// What is in 8 bits stays there, with the same scales, unless float16 or float32 is asked for.
  @Test func aModelInEightBitsIsWrittenAsItIs() throws {
    let bytes = model.encoded(as: .int8)
    var read = try KeywordModel(decoding: bytes, from: "m")
    #expect(read.encoded() == bytes && read.encoded(as: .int8) == bytes)
    let floats = try KeywordModel(decoding: read.encoded(as: .float32), from: "m")
    #expect(floats.network.parameters == read.network.parameters && !floats.network.isInt8)
    // A row of another program that leaves its largest number unused; only one matrix is in 8 bits.
    var container = try Safetensors(decoding: model.encoded())
    let index = try #require(container.tensors.firstIndex { $0.name == "lstm.weight_hh_l0" })
    container.tensors[index].isInt8 = true
    container.tensors[index].values = (0..<100).map { Float($0 % 50 - 25) }
    container.tensors.append(
      Tensor(
        name: "lstm.weight_hh_l0.scale", shape: [20],
        values: (1...20).map { 1 / Float($0 * 100) }))
    read = try KeywordModel(decoding: container.encoded(), from: "m")
    #expect(read.network.rowScales.count == 1)
    let again = try KeywordModel(decoding: read.encoded(), from: "m")
    #expect(again.network.rowScales == read.network.rowScales)
    #expect(again.network.parameters == read.network.parameters)
  }

  /// Clips and sessions multiply whole numbers: near the floats of the same weights, and others.
  @Test func recognitionMultipliesWholeNumbers() throws {
    let read = try KeywordModel(decoding: KeywordModel.builtIn().encoded(as: .int8), from: "m")
    var floats = read
    floats.network = read.network.withFloatProducts
    let samples = ToneDataset.tone(600, seconds: 1, seed: 3)
    let posteriors = try [read, floats].map { model in
      let session = Recogniser(model).session()
      return try (session.push(samples) + session.finish()).map(\.posteriors)
    }
    #expect(posteriors[0].count == posteriors[1].count && posteriors[0] != posteriors[1])
    for (a, b) in zip(posteriors[0].joined(), posteriors[1].joined()) { #expect(abs(a - b) < 0.1) }
  }

  @Test func theFileHasAByteForEachWeight() throws {
    let tensors = try container().tensors
    let whole = tensors.filter(\.isInt8)
    #expect(whole.count == 8 && whole.allSatisfy { $0.shape.count == 2 })
    for tensor in whole {
      let scales = tensors.first { $0.name == tensor.name + ".scale" }
      #expect(scales?.shape == [20] && scales?.isInt8 == false)
      #expect(tensor.values.map(abs).max() == 127)
    }
    let builtIn = try KeywordModel.builtIn()
    #expect(builtIn.encoded(as: .int8).count * 3 < builtIn.encoded().count)
    let half = builtIn.encoded(as: .float16).count
    #expect(half * 5 / 3 < builtIn.encoded().count)
  }

  @Test func damageIsNamed() throws {
    let (matrix, scale) = ("lstm.weight_ih_l0", "lstm.weight_ih_l0.scale")
    #expect(try problem { _ in } == nil)
    #expect(
      try problem { $0.removeAll { $0.name == scale } }?
        .contains("tensor \(scale) is missing") == true)
    #expect(
      try problem(scale) { ($0.shape, $0.values) = ([1], [1]) }?
        .contains("tensor \(scale) has the shape [1]; the architecture asks for [20]") == true)
    for value in [0, -1] as [Float] {
      #expect(
        try problem(scale) { $0.values[3] = value }?
          .contains("tensor \(scale) holds the scale \(value), not above 0") == true)
    }
    #expect(
      try problem(scale) { $0.values[3] = .nan }?.contains("\(scale) holds a value") == true)
    #expect(try problem(scale) { $0.values[3] = 1e9 }?.contains("\(matrix) holds") == true)
    #expect(
      try problem(scale) { tensor in
        (tensor.isInt8, tensor.values) = (true, tensor.values.map { _ in 1 })
      }?.contains("tensor \(scale) has the type I8") == true)
    #expect(
      try problem("output.bias") { tensor in
        (tensor.isInt8, tensor.values) = (true, tensor.values.map { _ in 1 })
      }?.contains("tensor output.bias has the type I8, which only weights may have") == true)
    // A matrix of numbers has no scales.
    #expect(
      try problem(matrix) { $0.isInt8 = false }?
        .contains("tensor \(scale) has no place in this architecture") == true)
  }
}

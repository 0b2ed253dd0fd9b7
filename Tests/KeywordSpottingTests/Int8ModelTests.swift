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
    #expect(read.infoText == model.infoText)
    // Twice rounded is once rounded.
    let again = try KeywordModel(decoding: read.encoded(as: .int8), from: "m")
    for (a, b) in zip(again.network.parameters, read.network.parameters) {
      #expect(abs(a - b) <= 2e-7 * abs(b))
    }
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

import Foundation
import Testing

@testable import Exporting
@testable import Neural
@testable import Recognition
@testable import Sound

/// The structure of the file; `ONNXRuntimeTests` runs it.
@Suite struct ONNXExportTests {
  private func file(
    _ model: KeywordModel, _ input: ONNXExport.Input = .features, opset: Int = 17
  ) throws -> ProtobufReader {
    try #require(ProtobufReader(try ONNXExport(model, input: input, opset: opset).bytes))
  }

  private func graph(_ file: ProtobufReader) -> ProtobufReader { file.messages(7)[0] }

  private func operators(_ file: ProtobufReader) -> [String] {
    graph(file).messages(1).flatMap { $0.texts(4) }
  }

  private func tensor(_ name: String, _ file: ProtobufReader) throws -> (shape: [Int], [Float]) {
    let found = try #require(graph(file).messages(5).first { $0.texts(8) == [name] })
    return (found.numbers(1), FloatLists.decoded(found.bytes(9)[0], of: 1).map { $0[0] })
  }

  @Test func numbersAreWrittenAsTheFormatHasThem() {
    var message = ProtobufMessage()
    // Examples of the format's own documentation: field 1 holds 150, field 2 the text "testing".
    message.add(1, 150)
    message.add(2, "testing")
    #expect(message.bytes == [0x08, 0x96, 0x01, 0x12, 0x07] + Array("testing".utf8))
    var negative = ProtobufMessage()
    negative.add(1, -1)
    #expect(negative.bytes == [8] + [UInt8](repeating: 0xFF, count: 9) + [1])
    var float = ProtobufMessage()
    float.add(2, 1 as Float)
    #expect(float.bytes == [0x15, 0, 0, 0x80, 0x3F])
  }

  @Test func theGatesAreInTheOrderOfONNX() throws {
    var model = ModelFixture.model(hidden: 1, pooling: .mean)
    // Gates i, f, g, o hold 1, 2, 3, 4 in both directions; recurrent ones ten times that.
    for direction in Direction.allCases {
      for (parameter, factor) in [
        (ParameterRole.LSTMParameter.inputBias, 1 as Float), (.recurrentBias, 10),
        (.recurrentWeights, 100),
      ] {
        let role = ParameterRole.lstm(parameter, layer: 0, direction)
        model.network[role] = [1, 2, 3, 4].map { $0 * factor }[...]
      }
    }
    let file = try file(model)
    // i, o, f, g of each direction; the input bias before the recurrent one.
    let biases = [1, 4, 2, 3, 10, 40, 20, 30] as [Float]
    #expect(try tensor("lstm0.B", file) == ([2, 8], biases + biases))
    let weights = [100, 400, 200, 300] as [Float]
    #expect(try tensor("lstm0.R", file) == ([2, 4, 1], weights + weights))
    #expect(try tensor("lstm0.W", file).shape == [2, 4, 40])
  }

  @Test(arguments: ONNXExport.Input.allCases)
  func onlyStandardOperatorsAreThere(_ input: ONNXExport.Input) throws {
    let file = try file(ModelFixture.model(layers: 2), input)
    for node in graph(file).messages(1) { #expect(node.texts(7).isEmpty) }
    let imported = file.messages(8)
    #expect(imported.count == 1 && imported[0].numbers(2) == [17])
    #expect(imported[0].texts(1) == [""])
    #expect(operators(file).count { $0 == "LSTM" } == 2)
    #expect(operators(file).last == "Softmax")
  }

  @Test func theMetadataSaysEverything() throws {
    var model = ModelFixture.model()
    model.decision.thresholds = ["yes": 0.75]
    let file = try file(model, .audio)
    let pairs = Dictionary(
      uniqueKeysWithValues: file.messages(14).map { ($0.texts(1)[0], $0.texts(2)[0]) })
    #expect(pairs["kws.labels"] == #"["no","yes","_unknown_","_silence_"]"#)
    #expect(pairs["kws.sample_rate"] == "8000" && pairs["kws.input"] == "audio")
    let decoder = JSONDecoder()
    func value<Value: Decodable>(_ key: String, _ type: Value.Type) throws -> Value {
      try decoder.decode(type, from: Data(try #require(pairs[key]).utf8))
    }
    #expect(try value("kws.front_end", FrontEndOptions.self) == model.frontEnd)
    #expect(try value("kws.normalization", FeatureNormalization.self) == model.normalization)
    #expect(try value("kws.window", ClipWindow.self) == model.window)
    #expect(try value("kws.decision", Decision.self) == model.decision)
    #expect(try value("kws.rule", ListeningRule.self) == model.rule)
  }

  @Test func otherOpsetsAreRefused() {
    for opset in [13, 23] {
      #expect(throws: ExportError.opset(opset, supported: 14...22)) {
        try ONNXExport(ModelFixture.model(), opset: opset)
      }
    }
    #expect(
      ExportError.opset(9, supported: 14...22).description
        == "opset 9 is not written: use 14 to 22")
  }

  /// Its Fourier matrix would be larger than any network.
  @Test func aFrontEndThatIsTooLargeIsRefusedByItsOption() throws {
    var model = ModelFixture.model()
    model.frontEnd.windowLength = 8_192
    model.frontEnd.fftLength = 8_192
    model.frontEnd.binWidth = 8_000 / 8_192
    model.frontEnd.lastBin = 4_096
    _ = try ONNXExport(model, input: .features)
    let error = #expect(throws: ExportError.self) { try ONNXExport(model, input: .audio) }
    #expect(error?.description.contains("front end option fftLength: 8192 cannot") == true)
  }
}

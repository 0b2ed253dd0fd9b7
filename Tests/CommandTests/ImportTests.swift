import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Neural
@testable import Recognition
@testable import Sound

/// `kws import` by the real program: a trained model's weights, under PyTorch's names.
@Suite struct ImportTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()
  private let model: KeywordModel
  /// What an import says of a model without a class of other words.
  private static let threshold = "a keyword needs 0.5, because there is no class _unknown_"

  init() throws {
    model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    folder.write("w.safetensors", weights())
  }

  private func path(_ name: String) -> String { folder[name].string }

  private func weights(_ change: (inout [Tensor]) -> Void = { _ in }) -> [UInt8] {
    var tensors = model.network.tensors()
    for index in tensors.indices where tensors[index].name.hasPrefix("output") {
      tensors[index].name = "fc" + tensors[index].name.dropFirst(6)
    }
    let count = model.normalization.mean.count
    tensors += [
      Tensor(name: "mean", shape: [count], values: model.normalization.mean),
      Tensor(name: "deviation", shape: [count], values: model.normalization.deviation),
    ]
    change(&tensors)
    return Safetensors(metadata: ["format": "pt"], tensors: tensors).encoded()
  }

  private func run(_ more: [String] = [], labels: String? = nil) -> Program.Output {
    let frontEnd = String(decoding: try! JSONEncoder().encode(model.frontEnd), as: UTF8.self)
    let arguments =
      [
        "import", path("w.safetensors"), "--labels",
        labels ?? model.labels.joined(separator: ","),
        "--pooling", "attention+mean", "--rate", "\(model.frontEnd.sampleRate)", "--front-end",
        frontEnd, "--max-clip-seconds", "\(model.window.maximumSeconds)", "--out",
        path("m.safetensors"),
      ] + more
    return program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func probabilities(_ model: String) throws -> [String: Double] {
    let output = program.run(
      "classify", CommandFixture.clip, "--model", model, "--json", "--prior", "trained")
    let object = try JSONSerialization.jsonObject(with: Data(output.bytes)) as? [String: Any]
    return try #require(object?["probabilities"] as? [String: Double], "\(output)")
  }

  @Test func theImportedModelAnswersAsTheOneThatWasTrained() throws {
    let output = run()
    #expect(output.code == 0 && output.bytes.isEmpty, "\(output)")
    #expect(output.errors == "kws: 1 x 6 hidden units both ways, 8 features; \(Self.threshold)\n")
    // The temperature is no weight.
    var plain = model
    plain.decision.temperature = 1
    try plain.write(to: folder["plain.safetensors"])
    #expect(
      try probabilities(path("m.safetensors")) == probabilities(path("plain.safetensors")))
    let info = program.run("info", path("m.safetensors")).text
    #expect(info.contains("trained: elsewhere; imported by kws "))
    let classified = program.run("evaluate", "tones", "--model", path("m.safetensors"))
    #expect(classified.code == 0, "\(classified)")
  }

  @Test func whatTheFileDoesNotSayIsTold() {
    folder.write(
      "w.safetensors", weights { $0.removeAll { ["mean", "deviation"].contains($0.name) } })
    let output = run()
    #expect(output.code == 0 && output.errors.contains("; no normalisation; "), "\(output)")
    #expect(run(["--mean", "-1", "--deviation", "2.5"]).errors.contains("8 features; a"))
  }

  @Test func whatIsWrongIsOneLine() {
    for arguments in [
      ["--mean", "1"], ["--mean", "1,x", "--deviation", "1,1"],
      ["--mean", "1", "--deviation", "0"],
      ["--mean", "1,2", "--deviation", "1"], ["--pooling", "best"], ["--rate", "5"],
      ["--max-clip-seconds", "0"], ["--preset", "none"], ["--front-end", "{"],
    ] {
      let output = run(arguments)
      #expect(output.code == 64 && output.bytes.isEmpty, "\(arguments): \(output)")
      #expect(output.errorLines.last?.hasPrefix("kws: ") == true, "\(arguments): \(output)")
    }
    #expect(run(labels: "a,b").code == 65 && run(labels: "a,b").isOneError)
    #expect(run(["--pooling", "mean"]).code == 65)
    #expect(run(["--out", path("no/such/m")]).code == 73)
    for bytes in [
      weights { $0[0].values[0] = .nan }, weights { $0.removeLast() },
      weights { $0[1].shape.swapAt(0, 1) }, Array("no weights".utf8), [],
    ] {
      folder.write("w.safetensors", bytes)
      let output = run()
      #expect(output.code == 65 && output.isOneError, "\(output)")
      #expect(output.errors.contains("w.safetensors: cannot be imported: "), "\(output)")
    }
    let missing = program.run(
      "import", "none", "--labels", "a,b", "--pooling", "mean", "--out", path("n"))
    #expect(missing.code == 66 && missing.isOneError, "\(missing)")
  }
}

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Recognition

/// `kws halve` by the real program.
@Suite struct HalveTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  @Test(arguments: [[], ["--int8"]]) func theSmallModelAnswersTheSame(_ flags: [String]) throws {
    let path = folder["small.safetensors"]
    let output = program.run(
      arguments: (["halve", "run", path.string] + flags).map { Array($0.utf8) })
    #expect(output.code == 0 && output.bytes.isEmpty && output.errors.isEmpty, "\(output)")
    let model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    #expect(TemporaryFolder.read(path) == model.encoded(as: flags.isEmpty ? .float16 : .int8))
    let expected = program.run("evaluate", "tones", "--json")
    let found = program.run("evaluate", "tones", "--model", path.string, "--json")
    #expect(expected.code == 0 && found.code == 0)
    func accuracy(_ output: Program.Output) throws -> Double {
      let object = try JSONSerialization.jsonObject(with: Data(output.bytes)) as? [String: Any]
      let accuracy = try #require(object?["accuracy"] as? [String: Any])
      return try #require(accuracy["value"] as? Double)
    }
    #expect(try accuracy(found) == accuracy(expected))
  }

  @Test func whatIsWrongIsOneLine() {
    #expect(program.run("halve", "none", folder["m"].string, "--int8").code == 66)
    let output = program.run("halve", "run", folder["no/such/m"].string, "--int8")
    #expect(output.code == 73 && output.isOneError)
  }

  /// A weight that float16 cannot hold would give a file that is refused later.
  @Test func aWeightBeyondFloat16IsRefused() throws {
    var model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    model.network.parameters[3] = -70_000
    let large = folder["large.safetensors"]
    try model.write(to: large)
    let path = folder["half.safetensors"]
    let output = program.run("halve", large.string, path.string)
    #expect(output.code == 65 && output.isOneError, "\(output)")
    #expect(
      output.errors.contains(
        "holds -70000.0, beyond the 65504 of float16: keep this model as it is"))
    #expect(TemporaryFolder.read(path) == nil)
    model.network.parameters[3] = -65_504
    try model.write(to: large)
    #expect(program.run("halve", large.string, path.string).code == 0)
    #expect(program.run("info", path.string).code == 0)
  }
}

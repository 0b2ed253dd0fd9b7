import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Exporting
@testable import Recognition
@testable import Sound

@Suite struct ExportTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func path(_ name: String) -> String { folder[name].string }

  @Test func onnxIsOneFile() throws {
    let output = program.run("export", "--format", "onnx", "--out", path("m.onnx"))
    #expect(output.code == 0 && output.bytes.isEmpty)
    #expect(
      output.errors == "kws: model run/model.safetensors, trained on tones; words: low, mid, top\n")
    let model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    #expect(TemporaryFolder.read(folder["m.onnx"]) == (try ONNXExport(model).bytes))
    let features = program.run(
      "export", "run", "--format", "onnx", "--input", "features", "--opset", "18", "--out",
      path("f.onnx"))
    #expect(features.code == 0 && features.errors.isEmpty)
    #expect(
      TemporaryFolder.read(folder["f.onnx"])
        == (try ONNXExport(model, input: .features, opset: 18).bytes))
  }

  @Test(.enabled(if: ONNXRunner.isThere, "Python has no onnxruntime; see KWS_PYTHON"))
  func theFileAnswersAsTheCommandDoes() throws {
    #expect(program.run("export", "--format", "onnx", "--out", path("m.onnx")).code == 0)
    let output = program.run("classify", CommandFixture.clip, "--json")
    let object = try JSONSerialization.jsonObject(with: Data(output.bytes)) as! [String: Any]
    let expected = object["probabilities"] as! [String: Double]
    let model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    let clip = try ClipReader(model, workers: nil).read(
      CommandFixture.folder.path.appending(CommandFixture.clip))
    let runner = try ONNXRunner(folder["m.onnx"], input: .audio, classes: model.labels.count)
    let found = try runner.posteriors(of: [clip.samples])[0]
    for (label, posterior) in zip(model.labels, found) {
      #expect(abs(Double(posterior) - expected[label]!) < 1e-5, "\(label)")
    }
  }

  /// The example finds in a stream what the command finds in the file.
  @Test func cIsAFolderWhoseExampleListens() throws {
    for flags in [[], ["--int8"]] {
      let arguments = ["export", "run", "--format", "c", "--out", path("c")] + flags
      let output = program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 0 && output.bytes.isEmpty && output.errors.isEmpty)
      #expect(
        TemporaryFolder.names(in: folder["c"])
          == ["Makefile", "example.c", "kws_model.c", "kws_model.h", "kws_model_test.c"])
      let clip = CommandFixture.folder.path.appending(CommandFixture.clip)
      let script = """
        make -s -C \(path("c")) test example &&
        tail -c +45 \(clip) | \(path("c"))/example > \(path("found"))
        """
      let outcome = ExternalProgram.run(["sh", "-c", FilePath(script)], scratch: folder.path)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let found = try #require(TemporaryFolder.text(folder["found"]))
      let expected = program.run("classify", CommandFixture.clip).text
      if flags.isEmpty {
        #expect(found == "0.00 s  " + expected)
      } else {
        #expect(found.hasPrefix("0.00 s  mid  "))
      }
      _ = ExternalProgram.run(["make", "-s", "-C", folder["c"], "clean"], scratch: folder.path)
    }
  }

  /// What was written is run on a dataset; a difference beyond the tolerance is exit code 1.
  @Test func verifyingRunsWhatWasWritten() {
    let arguments = ["export", "run", "--format", "c", "--out", path("c"), "--verify", "tones"]
    func run(_ more: [String]) -> Program.Output {
      program.run(arguments: (arguments + more).map { Array($0.utf8) })
    }
    let output = run([])
    #expect(output.code == 0, "\(output)")
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == 4 && lines[0] == "clips: 12, in 12 windows")
    #expect(lines[2] == "answers changed: 0")
    #expect(lines[3].hasPrefix("accuracy: 12 and 12 of 12 right, difference 0.00 points"))
    let strict = run(["--int8", "--tolerance", "0"])
    #expect(strict.code == 1 && strict.errors.contains("more than 0.0"))
    #expect(strict.text.split(separator: "\n").count == 4)
    #expect(run(["--verify", "missing"]).code == 66)
  }

  @Test func whatIsWrongIsOneLine() {
    for (arguments, code) in [
      (["--format", "onnx", "--out", path("m"), "--opset", "13"], 64 as Int32),
      (["--format", "tflite", "--out", path("m")], 64),
      (["--format", "c", "--out", path("m"), "--opset", "17"], 64),
      (["--format", "c", "--out", path("m"), "--tolerance", "0.1"], 64),
      (["--format", "c", "--out", path("m"), "--verify", "tones", "--tolerance", "2"], 64),
      (["missing", "--format", "onnx", "--out", path("m")], 66),
      (["--format", "onnx", "--out", path("no/such/folder")], 73),
      (["--format", "c", "--out", "/proc/kws"], 73),
    ] {
      let output = program.run(arguments: (["export"] + arguments).map { Array($0.utf8) })
      #expect(output.code == code && output.isOneError, "\(arguments): \(output)")
    }
    #expect(TemporaryFolder.names(in: folder.path).isEmpty)
  }
}

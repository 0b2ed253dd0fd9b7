import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Exporting
@testable import Recognition
@testable import Sound

@Suite struct ExportVerificationTests {
  private let folder = TemporaryFolder()

  /// A model of two words and a dataset of them, one clip of which is longer than a window.
  private func verification(
    _ model: KeywordModel, of target: ExportVerification.Target
  ) throws -> ExportVerification {
    let tones = folder["tones"]
    ToneDataset.write(to: tones, words: 2, clips: 4, seconds: 0.5)
    TemporaryFolder.write(
      ToneDataset.wav(ExportFixture.samples(15_000, seed: 1), sampleRate: 8_000),
      to: tones.appending("low/speaker9_nohash_0.wav"))
    folder.write("tones/mid/broken_nohash_0.wav", text: "no sound")
    let classifier = Classifier(model, threads: 2)
    var options = DatasetOptions()
    options.purpose = .evaluation
    let plan = try EvaluationPlan(
      Dataset.scan(tones, options: options), for: classifier, part: .all)
    return try ExportVerification(of: target, classifier, plan)
  }

  private func model() -> KeywordModel {
    var model = ExportFixture.model()
    model.labels = ["low", "mid", "_unknown_", "_silence_"]
    return model
  }

  @Test func codeIsComparedWithTheRecogniser() throws {
    let model = model()
    try CExport(model).write(to: folder["c"])
    let found = try verification(model, of: .c(folder["c"]))
    #expect(found.clips == 9 && found.skipped.map(\.path) == ["mid/broken_nohash_0.wav"])
    // The long clip has windows at 0, 0.25, 0.5 and 0.75 s, and one at its end.
    #expect(found.windows == 8 + 5)
    #expect(found.largestDifference > 0 && found.largestDifference < 1e-4)
    #expect(found.changedAnswers == 0 && found.comparison.n == 9)
    #expect(found.text.hasPrefix("clips: 9, in 13 windows\nlargest difference of a posterior: "))
  }

  /// Another model's code is found out.
  @Test func aDifferenceShows() throws {
    let model = model()
    var other = model
    other.network.parameters = other.network.parameters.map { -$0 }
    try CExport(other).write(to: folder["c"])
    let found = try verification(model, of: .c(folder["c"]))
    #expect(found.largestDifference > 0.1 && found.changedAnswers > 0)
  }

  @Test(.enabled(if: PythonRuntime.isThere, "Python has no onnxruntime; see KWS_PYTHON"))
  func onnxIsComparedWithTheRecogniser() throws {
    let model = model()
    for input in ONNXExport.Input.allCases {
      try ONNXExport(model, input: input).write(to: folder["m.onnx"])
      let found = try verification(model, of: .onnx(folder["m.onnx"], input))
      #expect(found.windows == 13 && found.changedAnswers == 0)
      #expect(found.largestDifference < 1e-4)
    }
  }

  @Test func whatDoesNotRunIsNamed() throws {
    folder.write("c/kws_model.h", text: "#define KWS_MODEL_CLASSES 4\n")
    folder.write("c/kws_model.c", text: "#error \"no code\"\n")
    let error = #expect(throws: RunnerError.self) {
      try verification(model(), of: .c(folder["c"]))
    }
    #expect(error?.description.hasPrefix("cc: ") == true)
  }

  @Test func smallNumbersHaveTwoDigits() {
    #expect(ExportVerification.short(4.77e-7) == "4.8e-7")
    #expect(ExportVerification.short(0) == "0")
    #expect(ExportVerification.short(0.25) == "2.5e-1")
    #expect(ExportVerification.short(.infinity) == "not a number")
  }
}

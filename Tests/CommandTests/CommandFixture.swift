import KeywordSpotting
import SystemPackage
import TestSupport

/// One small model, trained once by the real program, for all tests of commands.
enum CommandFixture {
  /// Holds `tones`, a dataset, `run`, the training on it, whose threshold was set to 0.5 afterwards, and
  /// `trained.safetensors`, its model before that.
  static var folder: TemporaryFolder { prepared.folder }

  /// What that training printed.
  static var training: Program.Output { prepared.training }

  private static let prepared: (folder: TemporaryFolder, training: Program.Output) = {
    let folder = TemporaryFolder()
    ToneDataset.write(to: folder["tones"], words: 3, clips: 16)
    ToneDataset.writeLists(to: folder["tones"], words: 3, clips: 16)
    let training = Program(in: folder.path).run(
      arguments: (["train", "tones", "--out", "run"] + tiny + ["--epochs", "12"]).map {
        Array($0.utf8)
      })
    // Training chose one by sounds made of the tones, between which many tests would fall.
    let path = folder["run/model.safetensors"]
    if var model = try? KeywordModel(contentsOf: path) {
      try? model.write(to: folder["trained.safetensors"])
      model.take(threshold: 0.5)
      try? model.write(to: path)
    }
    return (folder, training)
  }()

  /// Options of a network that trains in a second.
  ///
  /// Of a steady tone, its own mean would leave nothing.
  static let tiny = [
    "--layers", "1", "--hidden", "6", "--batch", "4", "--learning-rate", "0.02", "--average", "0.9",
    "--patience", "0", "--mel-bands", "16", "--coefficients", "8", "--deltas", "0",
    "--no-clip-mean", "--no-augment", "--threads", "2",
  ]

  /// The program in that folder with its model.
  static var program: Program {
    var program = Program(in: folder.path)
    program.environment["KWS_MODEL"] = "run"
    return program
  }

  /// A clip of the word `mid` from the test part.
  static let clip = "tones/mid/speaker3_nohash_0.wav"
}

extension Program.Output {
  /// One line on standard error beside the model's name, and nothing on standard output.
  var isOneError: Bool {
    let lines = errorLines.filter { !$0.hasPrefix("kws: model ") }
    return bytes.isEmpty && errors.hasSuffix("\n") && lines.count == 1
      && lines[0].hasPrefix("kws: ")
  }
}

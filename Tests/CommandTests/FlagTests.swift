import TestSupport
import Testing

/// The library names options; the command spells them as flags.
@Suite struct FlagTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func errors(_ arguments: String...) -> String {
    let output = program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code != 0 && output.bytes.isEmpty, "\(arguments): \(output)")
    return output.errorLines.last ?? ""
  }

  @Test(arguments: [
    (["--hidden", "0"], "--hidden must be 1 to 4,096, not 0 (see kws train --help)"),
    (
      ["--pooling", "max"],
      "--pooling must be one of last, mean, attention, attention+mean, not max"
    ),
    (["--clip", "inf"], "--clip must be 0 or more, not inf"),
    (["--snr-min", "50"], "--snr-max must be 50.0 dB or more, not 40.0"),
    (["--epochs", "2", "--warm-up", "3"], "--warm-up must be 0 to the 2 epochs, not 3.0"),
    (["--folds", "99"], "--folds must be 2 to 4 here, not 99"),
    (["--max-clip-seconds", "0.001"], "--max-clip-seconds 0.001: "),
    (["--front-end", "{\"sampleRate\":9}"], "the sample rate is an option of its own, --rate"),
    (["--from", "run", "--hidden", "4"], "leave out --hidden"),
    (["--from", "run", "--freeze", "9"], "--freeze must be 0 to the model's 1 layers, not 9"),
    (["--freeze", "1"], "--freeze needs --from MODEL"),
  ])
  func aWrongValueOfTrainingNamesItsFlag(arguments: [String], words: String) {
    let output = program.run(
      arguments: (["train", "tones", "--out", folder["out"].string] + arguments).map {
        Array($0.utf8)
      })
    #expect(output.code == 64 && output.errors.contains(words), "\(output)")
    #expect(TemporaryFolder.names(in: folder.path).isEmpty)
  }

  /// The way on stands in the message, ready to be typed.
  @Test func theWayOnIsACommandOrAFlag() {
    folder.makeFolder("empty")
    let empty = folder["empty"].string
    #expect(
      errors("merge", empty, "--report", folder["r"].string).hasSuffix(
        "no part.json; write parts with kws evaluate --shard i/n --report FOLDER"))
    #expect(
      errors("train", "--resume", empty).hasSuffix(
        "because the training had not begun: train again with --out \(empty)"))
    folder.write("m.csv", text: "path,label\n../a.wav,a\n")
    #expect(
      errors("train", folder["m.csv"].string).hasSuffix("or allow it (--allow-outside)"))
    folder.write("clips/testing_list.txt", text: "")
    for word in ["low", "mid"] {
      for index in 0..<3 {
        folder.write(
          "clips/\(word)/a\(index).wav",
          ToneDataset.wav(
            ToneDataset.tone(300, seconds: 0.25, seed: UInt64(index)), sampleRate: 8_000))
      }
    }
    #expect(
      errors("evaluate", folder["clips"].string, "--split", "testing").hasSuffix(
        ": choose with --split"))
  }
}

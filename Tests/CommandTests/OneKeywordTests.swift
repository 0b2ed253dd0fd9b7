import SystemPackage
import TestSupport
import Testing

/// One keyword alone, with recordings of everything else as negatives, by the real program.
@Suite struct OneKeywordTests {
  private let folder = TemporaryFolder()

  private var program: Program { Program(in: folder.path) }

  private func train(_ more: String...) -> Program.Output {
    let arguments = ["train", "words", "--out", "run"] + CommandFixture.tiny + more
    return program.run(arguments: arguments.map { Array($0.utf8) })
  }

  /// Clips of `mid` by four speakers, and talk without it by six.
  private func prepare() {
    for clip in 0..<16 {
      let tone = ToneDataset.tone(
        900 * (1 + 0.02 * Double(clip % 4)), seconds: 0.25, seed: UInt64(clip))
      folder.write(
        "words/mid/speaker\(clip % 4)_nohash_\(clip / 4).wav",
        ToneDataset.wav(tone, sampleRate: 8_000))
    }
    for talk in 0..<6 {
      let tones = [350.0, 2_200, 3_100, 500, 1_600].enumerated().flatMap { index, pitch in
        ToneDataset.tone(
          pitch * (1 + 0.01 * Double(talk)), seconds: 1, seed: UInt64(100 * talk + index))
      }
      folder.write("talk/talker\(talk)_nohash_0.wav", ToneDataset.wav(tones, sampleRate: 8_000))
    }
    let names = (0..<6).map { "talker\($0)_nohash_0.wav,\n" }.joined()
    folder.write("talk/transcripts.csv", text: "path,text\n" + names)
  }

  @Test func aKeywordAndWhatIsNone() throws {
    prepare()
    let alone = train("--epochs", "1")
    #expect(alone.code == 65 && alone.isOneError, "\(alone)")
    #expect(alone.errors.contains("give speech without it as --negatives"), "\(alone.errors)")
    // Few speakers: the folds train like the whole.
    let output = train("--epochs", "30", "--negatives", "talk", "--folds", "2")
    #expect(output.code == 0, "\(output.errors)")
    let model = program.run("info", "run").text
    #expect(model.contains("labels: mid, _unknown_, _silence_"), "\(model)")
    #expect(TemporaryFolder.text(folder["run/folds.csv"])?.contains("speaker") == true)
    // It fires on its word, and not on others.
    let stream = EventTests.stream([("mid", 1), ("top", 2.5), ("low", 4)], seconds: 5.5)
    folder.write("stream.wav", ToneDataset.wav(stream, sampleRate: 8_000))
    let heard = program.run("listen", "stream.wav", "--model", "run", "--json", "--quiet")
    #expect(try ListenFixture.labels(heard) == ["mid"], "\(heard)")
    #expect(program.run("evaluate", "words", "--model", "run", "--quiet").code == 0)
  }
}

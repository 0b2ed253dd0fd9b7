import KeywordSpotting
import SystemPackage
import TestSupport
import Testing

/// `kws mix` by the real program.
@Suite struct MixTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program.Output {
    CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func rows(_ name: String) -> [[String]] {
    (TemporaryFolder.text(folder[name]) ?? "").split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Samples of the stream between two times, in seconds.
  private func level(_ clip: Clip, _ start: Double, _ end: Double) -> Float {
    let part = clip.samples[Int(start * 8_000)..<Int(end * 8_000)]
    return (part.reduce(0) { $0 + $1 * $1 } / Float(part.count)).squareRoot()
  }

  @Test func wordsLieWhereTheLabelsSay() throws {
    let output = run(
      "mix", "tones", "--out", folder["s.wav"].string, "--rate", "8000", "--each", "4", "--snr",
      "40", "--gap", "2")
    #expect(output.code == 0, "\(output)")
    #expect(output.text == "\(folder["s.wav"])\n\(folder["s.csv"])\n")
    #expect(output.errors.contains("12 words in "))
    let rows = rows("s.csv")
    #expect(rows[0] == ["path", "start", "end", "label"] && rows.count == 13)
    let labels = rows.dropFirst().map { $0[3] }
    #expect(labels.sorted() == ["low", "mid", "top"].flatMap { [$0, $0, $0, $0] })
    #expect(labels != labels.sorted())
    let clip = try AudioDecoder(sampleRate: 8_000).decode(folder["s.wav"])
    var last = 0.0
    for row in rows.dropFirst() {
      let (start, end) = (Double(row[1])!, Double(row[2])!)
      #expect(row[0] == "s.wav" && start - last > 0.9 && start - last < 3.1)
      #expect(abs(end - start - 0.25) < 0.03)
      // 0.05, and 40 dB below it.
      #expect(abs(level(clip, start, end) - 0.05) < 0.005, "\(row)")
      #expect(level(clip, start - 0.5, start - 0.05) < 0.001)
      last = end
    }
    // The model that learnt these tones finds them where the labels are.
    let found = run("evaluate", "--events", folder["s.csv"].string, "--quiet")
    #expect(found.code == 0 && found.text.contains("12 keywords said"), "\(found)")
  }

  @Test func theSeedDecides() {
    func bytes(_ name: String, _ seed: String) -> [UInt8]? {
      let output = run(
        "mix", "tones", "--out", folder[name].string, "--rate", "8000", "--each", "2", "--gap", "1",
        "--seed", seed, "--quiet")
      #expect(output.code == 0 && output.errors.isEmpty, "\(output)")
      return TemporaryFolder.read(folder[name])
    }
    let first = bytes("1.wav", "7")
    #expect(first != nil && first == bytes("2.wav", "7"))
    #expect(first != bytes("3.wav", "8"))
    #expect(rows("1.csv").map { $0[1...] } == rows("2.csv").map { $0[1...] })
  }

  /// The noise has its level, and the speech stands between the words.
  @Test func noiseAndSpeechAreUnderTheWords() throws {
    folder.write(
      "speech/talk.wav",
      ToneDataset.wav(ToneDataset.tone(3_100, seconds: 3, seed: 5), sampleRate: 8_000))
    folder.write(
      "noise/hum.wav",
      ToneDataset.wav(ToneDataset.tone(60, seconds: 2, seed: 6), sampleRate: 8_000))
    let output = run(
      "mix", "tones", folder["speech"].string, "--out", folder["s.wav"].string, "--rate", "8000",
      "--each", "1", "--gap", "4", "--snr", "20", "--noise-folder", folder["noise"].string)
    #expect(output.code == 0, "\(output)")
    #expect(output.errors.contains("no transcript says that 1 of 1"))
    #expect(output.errors.contains("was repeated"))
    let clip = try AudioDecoder(sampleRate: 8_000).decode(folder["s.wav"])
    let start = Double(rows("s.csv")[1][1])!
    // Of the pause before the word: 20 dB below 0.05.
    #expect(abs(level(clip, start - 0.18, start - 0.02) - 0.005) < 0.001)
    // Of the speech before it: 0.05, and the noise.
    #expect(abs(level(clip, start - 0.9, start - 0.3) - 0.05) < 0.005)
  }

  @Test func speechWithTheWordsIsLeftOut() {
    for name in ["one", "two"] {
      folder.write(
        "speech/\(name).wav",
        ToneDataset.wav(ToneDataset.tone(500, seconds: 1, seed: 5), sampleRate: 8_000))
    }
    folder.write("speech/transcripts.csv", text: "path,text\none.wav,a low voice\ntwo.wav,fine\n")
    let arguments = [
      "mix", "tones", folder["speech"].string, "--out", folder["s.wav"].string, "--each", "1",
      "--rate", "8000",
    ]
    let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code == 0, "\(output)")
    #expect(output.errors.contains("1 of 2 recordings of speech are left out"), "\(output.errors)")
    folder.write("speech/transcripts.csv", text: "path,text\none.wav,low\ntwo.wav,top\n")
    let none = CommandFixture.program.run(
      arguments: (arguments + ["--quiet"]).map { Array($0.utf8) })
    #expect(none.code == 65 && none.isOneError, "\(none)")
  }

  @Test func wrongUseIsToldInOneLine() {
    for (arguments, code, text) in [
      (["--out", folder["s.csv"].string], 64, "a WAV file"),
      (["--out", folder["none/s.wav"].string], 73, "cannot be created"),
      (["--out", folder["s.wav"].string, "--snr", "200"], 64, "--snr must lie between"),
      (["--out", folder["s.wav"].string, "--gap", "0"], 64, "--gap must lie between"),
      (["--out", folder["s.wav"].string, "--each", "0"], 64, "--each must be 1 or more"),
      (["--out", folder["s.wav"].string, "--words", "low,mit"], 65, "no clips of 'mit'"),
      (["--out", folder["s.wav"].string, "--gap", "3600", "--rate", "768000"], 64, "do not fit"),
      (["none", "--out", folder["s.wav"].string], 66, "none: no such file"),
    ] as [([String], Int32, String)] {
      let output = CommandFixture.program.run(
        arguments: (["mix", "tones"] + arguments + ["--quiet"]).map { Array($0.utf8) })
      #expect(output.code == code && output.isOneError, "\(arguments): \(output)")
      #expect(output.errors.contains(text), "\(output.errors)")
    }
  }

  @Test func aClipThatCannotBeReadIsNamed() {
    ToneDataset.write(to: folder["some"], words: 2, clips: 4)
    folder.write("some/low/speaker0_nohash_0.wav", text: "no audio")
    let output = run(
      "mix", folder["some"].string, "--out", folder["s.wav"].string, "--rate", "8000", "--quiet")
    #expect(output.code == 65 && output.errorLines.last == "kws: 1 clip could not be read")
    #expect(rows("s.csv").count == 8)
  }
}

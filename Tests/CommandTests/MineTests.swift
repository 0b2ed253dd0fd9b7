import KeywordSpotting
import SystemPackage
import TestSupport
import Testing

/// `kws mine` by the real program, and a training on what it found.
@Suite struct MineTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program.Output {
    CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func mine(_ arguments: String...) -> Program.Output {
    let all = ["mine", "run", folder["talk"].string, "--out", folder["mined"].string] + arguments
    return CommandFixture.program.run(arguments: all.map { Array($0.utf8) })
  }

  private var rows: [[String]] {
    (TemporaryFolder.text(folder["mined/transcripts.csv"]) ?? "").split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  private func prepare() {
    EventTests.write([("mid", 1), ("low", 4)], seconds: 8, to: "talk/anna_1.wav", in: folder)
    EventTests.write([("top", 2)], seconds: 5, to: "talk/ben_1.wav", in: folder)
  }

  @Test func whatFiresIsCutOut() throws {
    prepare()
    let output = mine("--near", "0.99", "--speaker-pattern", "^([^_]+)_")
    #expect(output.code == 0 && output.text == "\(folder["mined"])\n", "\(output)")
    #expect(output.errors.contains("no transcript says what is in 2 of 2 recordings"))
    let rows = rows
    #expect(
      rows[0] == [
        "path", "speaker", "text", "recording", "from", "to", "answer", "probability", "threshold",
        "reason",
      ])
    #expect(Set(rows.dropFirst().map { $0[6] }) == ["mid", "low", "top"], "\(rows)")
    #expect(rows.dropFirst().allSatisfy { $0[9] == "event" && $0[2].isEmpty })
    // The surest first.
    let nearness = rows.dropFirst().map { Double($0[7])! / Double($0[8])! }
    #expect(nearness == nearness.sorted(by: >))
    for (index, row) in rows.dropFirst().enumerated() {
      let speaker = row[3].hasSuffix("anna_1.wav") ? "anna" : "ben"
      #expect(row[0] == "\(speaker)_nohash_000\(index + 1).wav" && row[1] == speaker)
      let clip = try AudioDecoder().decode(folder["mined"].appending(row[0]))
      let whole = try AudioDecoder().decode(
        folder[speaker == "anna" ? "talk/anna_1.wav" : "talk/ben_1.wav"])
      let first = Int((Double(row[4])! * 8_000).rounded())
      #expect(abs(clip.seconds - (Double(row[5])! - Double(row[4])!)) < 0.001)
      for (cut, sample) in zip(clip.samples, whole.samples[first...]) {
        #expect(abs(cut - sample) < 1e-3)
        if abs(cut - sample) >= 1e-3 { break }
      }
    }
  }

  @Test func transcriptsAreRespected() {
    prepare()
    folder.write("talk/transcripts.csv", text: "path,text\nanna_1.wav,mid\nben_1.wav,\n")
    #expect(mine("--quiet", "--near", "0.99").code == 0)
    #expect(rows.dropFirst().map { $0[6] }.sorted() == ["low", "top"])
    folder.write(
      "talk/transcripts.csv", text: "path,start,end,label\nanna_1.wav,4,4.5,low\nben_1.wav,,,\n")
    #expect(mine("--quiet", "--near", "0.99").code == 0)
    #expect(rows.dropFirst().map { $0[6] }.sorted() == ["mid", "top"])
  }

  @Test func nearMissesComeBehindWhatFired() {
    prepare()
    let output = mine("--quiet", "--near", "0.05")
    #expect(output.code == 0)
    let isEvent = rows.dropFirst().map { $0[9] == "event" }
    #expect(isEvent.contains(false) && isEvent == isEvent.sorted { $0 && !$1 }, "\(rows)")
    _ = mine("--quiet", "--near", "0.05", "--limit", "1")
    #expect(rows.count == 2)
  }

  /// What was mined teaches a model not to fire there.
  @Test func aTrainingTakesWhatWasMined() throws {
    prepare()
    for speaker in 0..<12 {
      EventTests.write(
        [("up", 1), ("up", 2.5)], seconds: 4, to: "talk/s\(speaker)_nohash_1.wav", in: folder)
    }
    #expect(mine("--quiet", "--near", "0.2").code == 0)
    let arguments =
      ["train", "tones", "--out", folder["run"].string, "--negatives", folder["mined"].string]
      + CommandFixture.tiny + ["--epochs", "1"]
    let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code == 0 && !output.errors.contains("no transcript says"), "\(output.errors)")
    #expect(run("info", folder["run"].string).text.contains("labels: low, mid, top, _unknown_, _s"))
    // The configuration trains the same model again.
    let again = CommandFixture.program.run(
      arguments: [
        "train", "tones", "--out", folder["again"].string, "--config",
        folder["run/config.json"].string, "--no-augment",
      ].map { Array($0.utf8) })
    #expect(again.code == 0, "\(again.errors)")
    #expect(
      TemporaryFolder.read(folder["again/model.safetensors"])
        == TemporaryFolder.read(folder["run/model.safetensors"]))
  }

  @Test func wrongUseIsToldInOneLine() {
    prepare()
    let talk = folder["talk"].string
    for (arguments, code, text) in [
      (["mine", "run", talk], 64, "--out"), (["mine", "run", "--out", "x"], 64, "audio"),
      (["mine", "run", talk, "--out", folder["x"].string, "--near", "0"], 64, "--near must lie"),
      (["mine", "run", talk, "--out", folder["x"].string, "--limit", "0"], 64, "--limit must lie"),
      (["mine", "none", talk, "--out", folder["x"].string], 66, "none: no such file"),
      (["mine", "run", talk, "--out", "/proc/x", "--quiet"], 73, "cannot be created"),
      (["mine", "run", "-", "--out", folder["x"].string, "--quiet"], 64, "not standard input"),
      (["train", "tones", "--negative-share", "1"], 64, "--negative-share needs --negatives"),
      (["train", "tones", "--negatives", folder["none"].string], 66, "no such file"),
    ] as [([String], Int32, String)] {
      let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == code, "\(arguments): \(output)")
      #expect(output.errors.contains(text), "\(output.errors)")
    }
  }
}

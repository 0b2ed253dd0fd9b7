import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Recognition

@Suite struct ClassifyTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func clipBytes() -> [UInt8] {
    TemporaryFolder.read(CommandFixture.folder.path.appending("tones/mid/speaker3_nohash_0.wav"))!
  }

  private func objects(_ output: Program.Output) throws -> [[String: Any]] {
    try output.text.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as! [String: Any]
    }
  }

  @Test func oneClipIsOneLine() throws {
    let output = program.run("classify", CommandFixture.clip)
    #expect(output.text.wholeMatch(of: /mid  \d+\.\d%\n/) != nil, "\(output)")
    #expect(
      output.errors == "kws: model run/model.safetensors, trained on tones; words: low, mid, top\n")
    #expect(program.run("classify", CommandFixture.clip, "--quiet").errors.isEmpty)
    #expect(program.run("classify", CommandFixture.clip, "--model", "run").errors.isEmpty)
  }

  @Test func severalClipsAreNamed() {
    let output = program.run(
      "classify", CommandFixture.clip, "tones/low/speaker3_nohash_1.wav", "--top", "2")
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix("\(CommandFixture.clip): mid  "))
    #expect(lines[1].wholeMatch(of: /\ \ mid  \d+\.\d%/) != nil)
    #expect(lines[3].hasPrefix("tones/low/speaker3_nohash_1.wav: low  "))
  }

  @Test func jsonIsOneObjectALine() throws {
    let found = try objects(program.run("classify", "tones/low", CommandFixture.clip, "--json"))
    #expect(found.count == 17)
    for object in found {
      #expect(object["version"] as? Int == 2 && object["windows"] as? Int == 1)
      #expect(object["sampleRate"] as? Int == 8_000 && object["channels"] as? Int == 1)
      #expect(object["frames"] as? Int == 2_000 && object["start"] as? Double == 0)
      #expect(object["end"] as? Double == 0.25)
      let probabilities = object["probabilities"] as! [String: Double]
      #expect(Set(probabilities.keys) == ["low", "mid", "top", "_silence_"])
      #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-5)
      #expect(object["probability"] as? Double == probabilities.values.max())
    }
    #expect(found.last?["label"] as? String == "mid")
    let paths = found.dropLast().map { $0["path"] as! String }
    #expect(paths == paths.sorted())
    let top = try objects(program.run("classify", CommandFixture.clip, "--json", "--top", "2"))
    #expect((top[0]["probabilities"] as! [String: Double]).count == 2)
  }

  @Test func csvIsATable() {
    let output = program.run("classify", "tones/mid", "--csv")
    let rows = output.text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      rows[0] == [
        "path", "label", "probability", "start", "end", "sampleRate", "channels", "frames",
        "rejected", "threshold", "low", "mid", "top", "_silence_",
      ])
    #expect(rows.count == 17 && rows.allSatisfy { $0.count == 14 })
  }

  @Test func aClipComesFromStandardInput() {
    let output = program.run("classify", "-", input: clipBytes())
    #expect(output.code == 0 && output.text.hasPrefix("mid  "))
    let bad = program.run("classify", "-", input: [1, 2, 3])
    #expect(bad.code == 65 && bad.errors.contains("kws: -: "))
    #expect(program.run("classify", "-").code == 65)
  }

  @Test func pathsComeFromAList() {
    let list = "\(CommandFixture.clip)\n\ntones/low/speaker3_nohash_0.wav\r\n"
    folder.write("list", text: list)
    let file = program.run("classify", "--files-from", folder["list"].string)
    let input = program.run("classify", "--files-from", "-", input: Array(list.utf8))
    #expect(file.code == 0 && file.text.split(separator: "\n").count == 2)
    #expect(input.text == file.text)
  }

  @Test func aThresholdMakesUnknown() {
    let output = program.run("classify", CommandFixture.clip, "--threshold", "1")
    #expect(output.text.hasPrefix("_unknown_  "))
  }

  /// Names with spaces, quotes, line feeds, escapes and bytes that are no UTF-8.
  @Test func oddNamesAreOpened() throws {
    let names: [[UInt8]] = [
      Array("a b.wav".utf8), Array("it's \"quoted\".wav".utf8), Array("line\nfeed.wav".utf8),
      Array("esc\u{1B}[31m.wav".utf8), Array("-dash.wav".utf8), Array("ü.wav".utf8),
      [0xFF, 0xFE] + Array(".wav".utf8), Array("x".utf8) + [0xE9] + Array(".wav".utf8),
    ]
    for name in names {
      TemporaryFolder.write(clipBytes(), to: path(name))
    }
    for name in names {
      let output = program.run(arguments: [Array("classify".utf8), bytes(path(name))])
      #expect(output.code == 0 && output.text.hasPrefix("mid"), "\(name): \(output)")
    }
    let all = program.run("classify", folder.path.string)
    #expect(all.code == 0 && all.text.split(separator: "\n").count == names.count)
    #expect(!all.text.contains("\u{1B}"))
    let json = try objects(program.run("classify", folder.path.string, "--json"))
    #expect(json.count == names.count)
    let list: [[UInt8]] = names.filter { !$0.contains(10) }.map { bytes(path($0)) + [10] }
    let listed = program.run("classify", "--files-from", "-", input: Array(list.joined()))
    #expect(listed.code == 0 && listed.text.split(separator: "\n").count == names.count - 1)
    // An error stays one line, whatever the name.
    let missing = program.run("classify", "no\nsuch\u{1B}[31m.wav")
    #expect(missing.code == 66 && missing.errorLines.count == 2)
    #expect(!missing.errors.contains("\u{1B}"))
  }

  /// A bad clip among good ones is reported, the others are answered, and the exit code tells.
  @Test func aBatchGoesOnPastBadClips() {
    folder.write("a.wav", clipBytes())
    folder.write("b.wav", text: "no audio")
    folder.write("c.wav", clipBytes())
    let output = program.run("classify", folder.path.string, "--quiet")
    #expect(output.code == 65)
    #expect(output.text.split(separator: "\n").count == 2)
    #expect(output.errorLines.count == 2 && output.errorLines[0].contains("b.wav"))
    #expect(output.errorLines[1] == "kws: 1 of 3 clips could not be read")
  }

  /// A stranger's model may name its words as it likes.
  @Test func labelsCommandNoTerminal() throws {
    var model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    let path = folder["hostile.safetensors"]
    model.labels = model.labels.map { "\u{1b}[2J\($0)" }
    model.decision.prior = ClassPrior()
    try model.write(to: path)
    let output = program.run(
      "classify", CommandFixture.clip, "--model", path.string, "--top", "2")
    #expect(output.code == 0 && output.text.contains("[2Jmid"), "\(output)")
    #expect(!output.bytes.contains(0x1b))
  }

  @Test func aFIFOIsRefusedAndDoesNotHang() {
    let pipe = folder["pipe.wav"]
    #expect(pipe.withPlatformString { mkfifo($0, 0o600) } == 0)
    let output = program.run("classify", pipe.string, "--quiet")
    #expect(output.code == 65 && output.isOneError)
    #expect(program.run("classify", "/dev/zero", "--quiet").code == 65)
  }

  private func path(_ name: [UInt8]) -> FilePath {
    var whole = bytes(folder.path) + [UInt8(ascii: "/")] + name + [0]
    return whole.withUnsafeMutableBytes {
      FilePath(platformString: $0.assumingMemoryBound(to: CChar.self).baseAddress!)
    }
  }

  private func bytes(_ path: FilePath) -> [UInt8] {
    path.withPlatformString { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
  }
}

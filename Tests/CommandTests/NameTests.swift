import Foundation
import SystemPackage
import TestSupport
import Testing

/// Names of files and folders as strangers write them: each keeps its bytes, and none turns a line.
@Suite struct NameTests {
  private let folder = TemporaryFolder()

  /// The program in this test's own folder, with the fixture's model.
  private var program: Program {
    var program = Program(in: folder.path)
    program.environment["KWS_MODEL"] = CommandFixture.folder["run"].string
    return program
  }

  private func run(_ arguments: String...) -> Program.Output {
    program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func path(_ name: [UInt8]) -> FilePath {
    let bytes = Array(folder.path.string.utf8) + [UInt8(ascii: "/")] + name + [0]
    return bytes.withUnsafeBytes {
      FilePath(platformString: $0.baseAddress!.assumingMemoryBound(to: CChar.self))
    }
  }

  private func tone(_ word: Int, seed: UInt64 = 1) -> [UInt8] {
    ToneDataset.wav(
      ToneDataset.tone(ToneDataset.words[word].pitch, seconds: 0.25, seed: seed),
      sampleRate: ToneDataset.sampleRate)
  }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(bytes)) as! [String: Any]
  }

  /// The way back that the documentation gives: `%25` and `%80` to `%FF` are one byte each.
  private func bytes(_ name: String) -> [UInt8] {
    var rest = Array(name.utf8)[...]
    var bytes: [UInt8] = []
    while let first = rest.first {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      if first == UInt8(ascii: "%"), let byte = UInt8(digits, radix: 16),
        digits == digits.uppercased(), byte == 0x25 || byte >= 0x80
      {
        bytes.append(byte)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(first)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }

  private static let names: [[UInt8]] = [
    [0xFF], Array("%FF".utf8), Array("%25FF".utf8), [UInt8(ascii: "%"), 0xFF],
    Array("%2".utf8) + [0xFF], Array("100%".utf8), Array("a%20b".utf8), Array("%ff".utf8),
    Array("ü".utf8), Array("x%".utf8) + [0xC3],
  ]

  @Test func jsonKeepsTheBytesOfNames() throws {
    for name in Self.names {
      TemporaryFolder.write(tone(1), to: path(Array("d/mid/".utf8) + name + Array(".wav".utf8)))
    }
    let expected = Set(Self.names.map { Array("d/mid/".utf8) + $0 + Array(".wav".utf8) })
    let classified = run("classify", "d", "--json")
    let paths = try classified.text.split(separator: "\n").map {
      try object(Array($0.utf8))["path"] as! String
    }
    #expect(Set(paths).count == Self.names.count && Set(paths.map(bytes)) == expected)
    // Ordinary names are what they are.
    #expect(paths.contains("d/mid/100%.wav") && paths.contains("d/mid/a%20b.wav"))
    #expect(run("evaluate", "d", "--report", "r").code == 0)
    let table = try #require(TemporaryFolder.text(folder["r/predictions.csv"]))
    let rows = table.split(whereSeparator: \.isNewline).dropFirst()
      .map { "d/" + $0.split(separator: ",")[0] }
    #expect(Set(rows.map(bytes)) == expected)
  }

  @Test func jsonKeepsTheBytesOfTheDataset() throws {
    let root: [UInt8] = [0xE9]
    TemporaryFolder.write(tone(1), to: path(root + Array("/mid/a.wav".utf8)))
    let output = program.run(
      arguments: [Array("evaluate".utf8), root, Array("--json".utf8), Array("--quiet".utf8)])
    let subject = try object(output.bytes)["subject"] as! [String: Any]
    #expect(bytes(subject["dataset"] as! String) == root)
    let audit = program.run(arguments: [Array("audit".utf8), root, Array("--json".utf8)])
    #expect(bytes(try object(audit.bytes)["dataset"] as! String) == root)
  }

  @Test func trainShowsWhatWouldTurnTheLine() throws {
    ToneDataset.write(to: folder["d"], words: 2, clips: 8)
    ToneDataset.write(to: folder["e"], words: 1, clips: 8)
    let word = "evil\u{202e}txt\u{1b}[2J"
    #expect(rename(folder["e/low"].string, folder["d"].appending(word).string) == 0)
    folder.write("d/mid/\u{202e}gpj.txt", text: "")
    for arguments in [
      ["train", "d", "--out", "run", "--epochs", "1"],
      ["train", "d", "--out", "folds", "--folds", "2", "--epochs", "1"],
    ] {
      let output = program.run(
        arguments: (arguments + CommandFixture.tiny).map { Array($0.utf8) })
      #expect(output.code == 0, "\(output)")
      #expect(output.errors.contains("evil\\u{202e}txt\\u{1b}[2J"), "\(output.errors)")
      #expect(
        output.errors.contains("ignored: not audio by their ending: 1 (mid/\\u{202e}gpj.txt)"))
      for scalar in (output.errors + output.text).unicodeScalars where scalar != "\n" {
        #expect(![.control, .format].contains(scalar.properties.generalCategory))
      }
    }
  }

  @Test func foldsShowWhatWouldTurnTheLine() {
    for (word, name) in ["low", "mid"].enumerated() {
      for (number, speaker) in ["a\u{202e}", "b\u{202e}"].enumerated() {
        for clip in 0..<4 {
          folder.write(
            "d/\(name)/\(speaker)_nohash_\(clip).wav",
            tone(word, seed: UInt64(10 * number + clip)))
        }
      }
    }
    let output = program.run(
      arguments: (["train", "d", "--folds", "speaker", "--epochs", "1"] + CommandFixture.tiny).map {
        Array($0.utf8)
      })
    #expect(output.code == 0 && output.errors.contains("a\\u{202e}"), "\(output)")
    #expect(!output.errors.contains("\u{202e}"))
  }

  @Test func aNoiseFolderWithoutAudioIsRefused() {
    folder.makeFolder("noise/deeper")
    folder.write("noise/readme.txt", text: "no audio here")
    ToneDataset.write(to: folder["d"], words: 2, clips: 8)
    let trained = run("train", "d", "--noise-folder", "noise", "--out", "run", "--epochs", "1")
    #expect(trained.code == 65, "\(trained)")
    #expect(trained.errorLines.last == "kws: noise: no audio files in this folder")
    #expect(!TemporaryFolder.names(in: folder.path).contains("run"))
    let changed = run(
      "augment", "d/mid/speaker0_nohash_0.wav", "--noise-folder", "noise", "--out", "a")
    #expect(changed.code == 65 && changed.isOneError, "\(changed)")
  }

  /// By another path, through a link, in a folder, or as a copy: one recording counts once.
  @Test func alarmAudioCountsOnce() throws {
    folder.write("d/mid/a.wav", tone(1))
    let quiet = ToneDataset.tone(500, seconds: 2, seed: 5)
    folder.write("q/one.wav", ToneDataset.wav(quiet, sampleRate: 8_000))
    folder.write("q/two.wav", ToneDataset.wav(quiet.reversed(), sampleRate: 8_000))
    folder.write("copy.wav", ToneDataset.wav(quiet, sampleRate: 8_000))
    #expect(symlink("q/two.wav", folder["link.wav"].string) == 0)
    func alarms(_ paths: [String]) throws -> (hours: Double, warnings: [String]) {
      let named = paths.flatMap { ["--alarm-audio", $0] }
      let output = program.run(
        arguments: (["evaluate", "d", "--json"] + named).map { Array($0.utf8) })
      let report = try object(output.bytes)
      let warnings = report["warnings"] as! [String]
      for warning in warnings where warning.contains("counted once") {
        #expect(output.errors.contains("kws: warning: \(warning)"))
      }
      return ((report["alarms"] as! [String: Any])["hours"] as! Double, warnings)
    }
    let once = try alarms(["q"])
    let twice = try alarms(["q", "q/one.wav", "./q/../q/one.wav", "copy.wav", "link.wav"])
    #expect(once.hours == twice.hours && once.hours > 0)
    #expect(!once.warnings.contains { $0.contains("repeated") })
    #expect(
      twice.warnings.contains("4 of 6 alarm recordings are repeated; each is counted once"))
  }

  /// The same clips under the same names, however a manifest and the command line write their paths.
  @Test(arguments: ["d", "./d", "d/../d/manifest.csv", "ABSOLUTE", "LINK"])
  func absolutePathsBelowTheFolderAreInside(_ named: String) throws {
    let dataset = named.replacing("ABSOLUTE", with: folder["d"].string)
      .replacing("LINK", with: "link")
    for clip in 0..<2 { folder.write("d/mid/\(clip).wav", tone(1, seed: UInt64(clip))) }
    folder.write(
      "d/manifest.csv",
      text:
        "path,label\n\(folder["d/mid/0.wav"]),mid\nmid/1.wav,mid\n\(folder["d/mid/1.wav"]),mid\n")
    #expect(symlink("d", folder["link"].string) == 0)
    let output = run("evaluate", dataset, "--csv")
    let names = output.text.split(whereSeparator: \.isNewline).dropFirst()
      .map { String($0.split(separator: ",")[0]) }
    #expect(names == ["mid/0.wav", "mid/1.wav"], "\(output)")
    // The second line of the same clip is a repeated row, not another clip.
    #expect(output.errors.contains("named twice by the manifest: 1 (mid/1.wav)"))
    folder.write("outside.wav", tone(1))
    folder.write("d/manifest.csv", text: "path,label\n\(folder["outside.wav"]),mid\n")
    let refused = run("evaluate", dataset, "--csv", "--quiet")
    #expect(refused.code == 65 && refused.errors.contains("is outside the manifest's folder"))
  }
}

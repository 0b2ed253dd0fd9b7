import Foundation
import SystemPackage
import TestSupport
import Testing

/// What a dataset holds beside its clips, and every doubt about it, is told wherever figures are.
@Suite struct LeftOutTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  /// A manifest of three words, with a speaker in two parts, one file emptied and one not there.
  private func dataset() -> String {
    ToneDataset.write(to: folder["d"], words: 3, clips: 8)
    var manifest = "path,label,split,speaker\n"
    for word in ["low", "mid", "top"] {
      for clip in 0..<8 {
        let split = clip % 4 == 3 || clip == 0 ? "test" : "train"
        manifest +=
          "\(word)/speaker\(clip % 4)_nohash_\(clip / 4).wav,\(word),\(split),s\(clip % 4)\n"
      }
    }
    folder.write("d/manifest.csv", text: manifest + "low/gone.wav,low,test,s9\n")
    folder.write("d/low/speaker3_nohash_0.wav", text: "")
    return folder["d"].string
  }

  private let sentences = [
    "left out of the dataset: empty files: 1 (low/speaker3_nohash_0.wav)",
    "left out of the dataset: named by the manifest but missing: 1 (low/gone.wav)",
    "warning: 1 of 4 speakers are in several parts, such as 's0'",
  ]

  private func run(_ arguments: String...) -> Program.Output {
    program.run(arguments: arguments.map { Array($0.utf8) })
  }

  @Test func evaluateTellsIt() throws {
    let data = dataset()
    let output = run("evaluate", data, "--report", folder["r"].string)
    #expect(output.code == 0, "\(output)")
    let page = try #require(TemporaryFolder.text(folder["r/report.html"]))
    for sentence in sentences {
      #expect(output.errors.contains("kws: " + sentence), "\(output.errors)")
      let words = output.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains(sentence), "\(output.text)")
      let fact = sentence.replacing("warning: ", with: "").replacing("'", with: "&#39;")
      #expect(page.contains(fact), "\(fact)")
    }
    let object = try report(run("evaluate", data, "--json", "--quiet"))
    #expect(object == (try report(TemporaryFolder.read(folder["r/report.json"])!)))
    #expect(object.reasons == ["emptyFile": 1, "missingFile": 1])
    #expect(object.warnings.contains { $0.hasPrefix("1 of 4 speakers are in several parts") })
  }

  /// Shards know it, too.
  @Test func mergeTellsIt() throws {
    let data = dataset()
    for number in 1...2 {
      let part = folder["\(number)"].string
      let output = run("evaluate", data, "--shard", "\(number)/2", "--report", part)
      #expect(output.code == 0 && output.errors.contains(sentences[0]), "\(output)")
    }
    let merged = run(
      "merge", folder["1"].string, folder["2"].string, "--report", folder["m"].string, "--json")
    #expect(try report(merged).reasons == ["emptyFile": 1, "missingFile": 1])
  }

  @Test func compareAndTuneTellIt() throws {
    let data = dataset()
    folder.write("d/mid/speaker3_nohash_0.wav", text: "no audio")
    let compared = run("compare", "run", "run", data, "--report", folder["c"].string)
    // A clip that neither model could read makes the comparison one of fewer clips.
    #expect(compared.code == 65, "\(compared)")
    let page = try #require(TemporaryFolder.text(folder["c/comparison.html"]))
    for sentence in sentences {
      #expect(compared.errors.contains("kws: " + sentence), "\(compared.errors)")
      #expect(compared.text.contains(sentence), "\(compared.text)")
    }
    #expect(page.contains("empty files: 1") && page.contains("1 clips were skipped"))
    let object = try report(run("compare", "run", "run", data, "--json", "--quiet"))
    #expect(object.reasons == ["emptyFile": 1, "missingFile": 1] && object.skipped == 1)
    let tuned = run(
      "tune", "run", data, "--max-false-reject", "0.5", "--split", "training", "--out",
      folder["t"].string)
    for sentence in sentences { #expect(tuned.errors.contains("kws: " + sentence), "\(tuned)") }
  }

  private struct Report: Equatable {
    var reasons: [String: Int]
    var warnings: [String]
    var skipped: Int
  }

  private func report(_ output: Program.Output) throws -> Report { try report(output.bytes) }

  private func report(_ bytes: [UInt8]) throws -> Report {
    let object = try JSONSerialization.jsonObject(with: Data(bytes)) as! [String: Any]
    let leftOut = object["leftOut"] as! [[String: Any]]
    return Report(
      reasons: leftOut.reduce(into: [:]) { $0[$1["reason"] as! String] = $1["count"] as? Int },
      warnings: object["warnings"] as! [String],
      skipped: (object["skipped"] as? [Any])?.count ?? -1)
  }
}

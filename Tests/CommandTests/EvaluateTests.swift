import Foundation
import TestSupport
import Testing

@Suite struct EvaluateTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func report(_ arguments: String...) throws -> [String: Any] {
    let all = ["evaluate"] + arguments + ["--json", "--quiet"]
    let output = program.run(arguments: all.map { Array($0.utf8) })
    #expect(output.code == 0, "\(output.errors)")
    return try JSONSerialization.jsonObject(with: Data(output.bytes)) as! [String: Any]
  }

  @Test func theTestPartIsTheDefault() throws {
    let output = program.run("evaluate", "tones", "--quiet")
    #expect(output.code == 0, "\(output.errors)")
    #expect(output.text.contains("evaluated 12 of 48 clips (testing)"), "\(output.text)")
    #expect(!output.text.contains("trained on"))
    let report = try report("tones")
    let accuracy = report["accuracy"] as! [String: Any]
    #expect(accuracy["n"] as? Int == 12)
    let (low, value) = (accuracy["low"] as! Double, accuracy["value"] as! Double)
    #expect(low <= value && value <= (accuracy["high"] as! Double))
  }

  @Test(arguments: [("training", 24), ("validation", 12), ("testing", 12), ("all", 48)])
  func eachPartCanBeMeasured(_ part: String, _ count: Int) {
    let output = program.run("evaluate", "tones", "--split", part, "--quiet")
    #expect(output.code == 0 && output.text.contains("evaluated \(count) of 48 clips (\(part))"))
    #expect(output.text.contains("trained on") == (part == "training" || part == "all"))
  }

  @Test func csvHasARowAClip() {
    let output = program.run("evaluate", "tones", "--csv", "--quiet")
    #expect(output.text.split(whereSeparator: \.isNewline).count == 13)
  }

  @Test func aFolderWithoutSplitsIsMeasuredWhole() {
    ToneDataset.write(to: folder["other"], words: 3, clips: 8, seed: 50_000)
    let output = program.run("evaluate", folder["other"].string, "--quiet")
    #expect(output.code == 0 && output.text.contains("evaluated 24 of 24"), "\(output)")
  }

  @Test func aPartWithoutClipsIsNamed() {
    ToneDataset.write(to: folder["own"], words: 3, clips: 8)
    folder.write("own/validation_list.txt", text: "low/speaker0_nohash_0.wav\n")
    folder.write("own/testing_list.txt", text: "")
    let output = program.run("evaluate", folder["own"].string, "--quiet")
    #expect(output.code == 65 && output.isOneError, "\(output)")
    #expect(
      output.errors.contains("no testing clips; there are 23 training, 1 validation, 0 testing"))
  }

  @Test func aReportIsWritten() {
    let output = program.run("evaluate", "tones", "--report", folder["report"].string, "--quiet")
    #expect(output.code == 0)
    let names = TemporaryFolder.names(in: folder["report"])
    for name in ["report.txt", "report.json", "predictions.csv", "confusion.csv"] {
      #expect(names.contains(name))
    }
    #expect(!names.contains { $0.hasSuffix(".kws-partial") })
  }

  @Test func badClipsAreSkippedAndTold() {
    ToneDataset.write(to: folder["some"], words: 3, clips: 8, seed: 50_000)
    folder.write("some/low/speaker0_nohash_0.wav", text: "no audio")
    let output = program.run("evaluate", folder["some"].string, "--quiet")
    #expect(output.code == 65 && output.text.contains("of 24"))
    #expect(output.errorLines.last == "kws: 1 of 24 clips could not be read")
  }
}

import Foundation
import KeywordSpotting
import TestSupport
import Testing

/// `kws tune` on labelled clips, by the real program: the verdict, the price, and where it is stored.
@Suite struct TuneTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program.Output {
    CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
  }

  @Test func theModelIsOnlyWrittenWhenAsked() throws {
    let copy = folder["run.safetensors"]
    let original = try #require(
      TemporaryFolder.read(CommandFixture.folder["run/model.safetensors"]))
    TemporaryFolder.write(original, to: copy)
    let target = ["--max-false-reject", "0.5"]
    let shown = CommandFixture.program.run(
      arguments: (["tune", copy.string, "tones"] + target).map { Array($0.utf8) })
    #expect(shown.code == 0 && shown.text.contains("keyword  threshold"), "\(shown)")
    #expect(shown.errors.contains("only shows the choice; --out FILE or --in-place stores it"))
    #expect(shown.errors.contains("thresholds not written"))
    #expect(TemporaryFolder.read(copy) == original)
    let stored = CommandFixture.program.run(
      arguments: (["tune", copy.string, "tones", "--in-place"] + target).map { Array($0.utf8) })
    #expect(stored.code == 0 && stored.text == shown.text, "\(stored)")
    #expect(TemporaryFolder.read(copy) != original)
    #expect(try KeywordModel(contentsOf: copy).decision.choice != nil)
    for (arguments, text) in [
      (["tune", copy.string, "tones", "--in-place", "--out", "x"], "cannot both be given"),
      (["tune", "built-in", "tones", "--in-place"], "the built-in model cannot be changed"),
    ] {
      let output = CommandFixture.program.run(
        arguments: (arguments + target).map { Array($0.utf8) })
      #expect(output.code == 64 && output.errors.contains(text), "\(output)")
    }
  }

  /// Talk in which the keyword `low` is said every three seconds refutes a target of few alarms.
  @Test func alarmsThatAreTooManyRefuteTheTarget() throws {
    for part in 0..<4 {
      let words = (0..<9).map { (name: "low", start: 3 * Double($0) + 0.5) }
      EventTests.write(words, seconds: 28, to: "talk/\(part).wav", in: folder)
    }
    let output = run(
      "tune", "run", "tones", "--split", "all", "--alarm-audio", folder["talk"].string,
      "--max-false-alarms-per-hour", "0.5", "--out", folder["t"].string)
    #expect(output.code == 1, "\(output)")
    let lines = output.text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "target    at most 0.5 false alarms an hour: refuted", "\(output.text)")
    #expect(lines[1].contains(" h of talk, "), "\(output.text)")
    let price = /price     misses from \d+\.\d% to \d+\.\d% of 48 keyword clips/
    #expect(lines[2].wholeMatch(of: price) != nil, "\(output.text)")
    #expect(output.errorLines.last?.hasPrefix("kws: refuted: at least ") == true, "\(output)")
    let model = try KeywordModel(contentsOf: folder["t"])
    #expect(model.decision.choice?.verdict == .refuted)
  }
}

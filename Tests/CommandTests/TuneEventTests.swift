import Foundation
import KeywordSpotting
import SystemPackage
import TestSupport
import Testing

/// `kws tune --events` by the real program.
@Suite struct TuneEventTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program.Output {
    CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
  }

  /// Recordings of eight speakers with two words each.
  private func prepare() {
    var table = "path,speaker,start,end,label\n"
    for speaker in 0..<8 {
      let name = "talk\(speaker).wav"
      let words = [("mid", 1.0), ("low", 3.0 + 0.02 * Double(speaker))]
      EventTests.write(words.map { (name: $0.0, start: $0.1) }, seconds: 5, to: name, in: folder)
      for (word, start) in words {
        table += "\(name),s\(speaker),\(start),\(start + 0.5),\(word)\n"
      }
    }
    folder.write("labels.csv", text: table)
  }

  @Test func theWholeRuleIsChosenAndStored() throws {
    prepare()
    let tuned = folder["tuned.safetensors"]
    let output = run(
      "tune", "run", "--events", folder["labels.csv"].string, "--max-false-alarms-per-hour", "2",
      "--out", tuned.string, "--json")
    // 40 seconds prove nothing of an hour.
    #expect(
      output.code == 1 && output.errors.contains("too short to prove 2.0 alarms"), "\(output)")
    let choice =
      try JSONSerialization.jsonObject(with: Data(output.bytes)) as! [String: Any]
    #expect(choice["schema"] as? String == "kws-rule" && choice["recordings"] as? Int == 8)
    let crossed = choice["crossed"] as! [String: Any]
    let missed = crossed["missed"] as! [String: Any]
    #expect(missed["n"] as? Int == 16)
    let share = try #require(missed["value"] as? Double)
    #expect(share <= 0.25, "\(crossed)")
    let model = try KeywordModel(contentsOf: tuned)
    #expect(!model.rule.mustBeLikeliest && model.rule.conditions.threshold != nil)
    let rule = choice["rule"] as! [String: Any]
    #expect(model.window.hopSeconds == rule["hopSeconds"] as? Double)
    #expect(model.history.thresholds.clips.count == 8)
    let info = run("info", tuned.string).text
    #expect(info.contains("refractory time"))
    // The model keeps the record of the choice, as the command told it.
    let kept = try JSONSerialization.jsonObject(
      with: Data(run("info", tuned.string, "--json").bytes))
    let record = try #require((kept as! [String: Any])["ruleChoice"] as? [String: Any])
    #expect(NSDictionary(dictionary: record).isEqual(to: choice))
    #expect(
      info.contains("listening, chosen: for at most 2.0 false alarms an hour, on 8 recordings"),
      "\(info)")
    #expect(info.contains("the target is not proven"))
    #expect(!run("info", "run").text.contains("listening, chosen"))
    // Thresholds that are chosen afterwards replace it.
    var other = model
    other.take(threshold: 0.5)
    #expect(model.ruleChoice?.recordings == 8 && other.ruleChoice == nil)
    // The recordings have chosen the rule: figures on them say so.
    let again = run(
      "evaluate", "--events", folder["labels.csv"].string, "--model", tuned.string)
    #expect(again.text.contains("8 of 8 recordings chose the thresholds"), "\(again.text)")
  }

  @Test func aTargetOfMisses() throws {
    prepare()
    let output = run(
      "tune", "run", folder.path.string, "--events", folder["labels.csv"].string,
      "--max-false-reject", "0.9", "--out", folder["t.safetensors"].string, "--quiet", "--step",
      "0.05")
    #expect(output.code == 0, "\(output)")
    #expect(output.text.contains("by crossing over:    missed "), "\(output.text)")
  }

  @Test func whatDoesNotDivideIsToldBeforeTheListening() {
    prepare()
    func tune(_ labels: String) -> Program.Output {
      run(
        "tune", "run", "--events", folder[labels].string, "--max-false-reject", "0.1", "--quiet",
        "--out", folder["t"].string)
    }
    // One speaker's recording, which is not even sound: it was not opened.
    folder.write("broken.wav", text: "no sound")
    folder.write("one.csv", text: "path,speaker,start,end,label\nbroken.wav,s0,1,1.5,mid\n")
    let one = tune("one.csv")
    #expect(one.code == 65 && one.errors.contains("do not divide into two halves"), "\(one)")
    // Eight speakers, of whom one is left that can be read.
    for speaker in 1..<8 { folder.write("talk\(speaker).wav", text: "no sound") }
    let left = tune("labels.csv")
    #expect(left.code == 65 && left.errors.contains("do not divide into two halves"), "\(left)")
  }

  @Test func wrongUseIsToldInOneLine() {
    prepare()
    let labels = folder["labels.csv"].string
    let target = ["--max-false-reject", "0.1", "--quiet", "--out", folder["t"].string]
    for (arguments, code, text) in [
      (
        ["tune", "run", "--events", labels, "--max-false-accept-rate", "0.1"], 64,
        "not for --events"
      ),
      (["tune", "run", "--events", labels, "--split", "all"] + target, 64, "not for --events"),
      (
        ["tune", "run", "--events", labels, "--step", "9"] + target, 64, "--step: the window's hop"
      ),
      (["tune", "run", "tones", "--step", "0.1"] + target, 64, "--step needs --events"),
      (["tune", "run"] + target, 64, "which clips?"),
      (
        ["tune", "run", folder["talk0.wav"].string, "--events", labels] + target, 65,
        "do not divide into two halves"
      ),
    ] as [([String], Int32, String)] {
      let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == code && output.isOneError, "\(arguments): \(output)")
      #expect(output.errors.contains(text), "\(output.errors)")
    }
  }
}

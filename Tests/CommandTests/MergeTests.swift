import SystemPackage
import TestSupport
import Testing

/// Shards, comparison, thresholds and audit through the program.
@Suite struct MergeTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program.Output {
    program.run(arguments: arguments.map { Array($0.utf8) })
  }

  @Test func shardsMergeIntoTheWhole() {
    for number in 1...3 {
      let output = run(
        "evaluate", "tones", "--split", "all", "--shard", "\(number)/3", "--report",
        folder["\(number)"].string)
      #expect(output.code == 0 && output.bytes.isEmpty, "\(output)")
      #expect(output.errors.contains("shard \(number)/3 is in"))
    }
    let merged = run(
      "merge", folder["2"].string, folder["3"].string, folder["1"].string, "--report",
      folder["merged"].string, "--minimum-accuracy", "1")
    let whole = run(
      "evaluate", "tones", "--split", "all", "--report", folder["whole"].string, "--quiet")
    #expect(merged.code == 0 && merged.text == whole.text, "\(merged)")
    for name in ["predictions.csv", "report.txt", "confusion.csv"] {
      let files = ["merged", "whole"].map { TemporaryFolder.read(folder[$0].appending(name)) }
      #expect(files[0] != nil && files[0] == files[1])
    }
    let again = run(
      "evaluate", "tones", "--split", "all", "--shard", "2/3", "--report", folder["2"].string)
    #expect(again.code == 0 && again.errors.contains("continues: 16 of 16 clips are done"))
  }

  @Test(arguments: [
    ["--shard", "1/2"], ["--shard", "0/2", "--report", "r"], ["--shard", "3/2", "--report", "r"],
    ["--shard", "1/2", "--report", "r", "--json"], ["--split", "tset"], ["--threads", "0"],
    ["--shard", "1/2", "--report", "r", "--minimum-accuracy", "1"], ["--channel", "0"],
  ])
  func impossibleOptionsAreWrongUse(_ options: [String]) {
    let output = program.run(arguments: (["evaluate", "tones"] + options).map { Array($0.utf8) })
    #expect(output.code == 64 && output.isOneError, "\(output)")
  }

  @Test(arguments: [("test", 12), ("dev", 12), ("val", 12), ("TRAIN", 24)])
  func partsHaveSeveralNames(_ name: String, _ count: Int) {
    let output = run("evaluate", "tones", "--split", name, "--quiet")
    #expect(output.text.contains("evaluated \(count) of 48 clips"), "\(output)")
  }

  @Test func aComparisonIsWritten() {
    let output = run("compare", "run", "run", "tones", "--report", folder["c"].string, "--quiet")
    #expect(output.code == 0 && output.text.contains("difference B - A: 0.0 points"), "\(output)")
    #expect(
      TemporaryFolder.names(in: folder["c"]).sorted()
        == ["comparison.html", "comparison.json", "comparison.txt", "flips.csv"])
  }

  @Test func aComparisonCountsFalseAlarms() {
    let tone = ToneDataset.tone(ToneDataset.words[0].pitch, seconds: 4, seed: 7)
    TemporaryFolder.write(
      ToneDataset.wav(tone, sampleRate: ToneDataset.sampleRate), to: folder["talk/tone.wav"])
    let command = ["compare", "run", "run", "tones", "--quiet"]
    func lines(_ more: [String]) -> String {
      program.run(arguments: (command + more).map { Array($0.utf8) }).text
    }
    let without = lines([])
    #expect(without.contains("difference B - A"), "\(without)")
    let with = lines(["--alarm-audio", folder["talk"].string])
    #expect(with.contains("false alarms an hour in 0.00 h without keywords: A "), "\(with)")
    #expect(with.contains("no proof of a difference (p = 1.0000)"), "\(with)")
    let missing = run("compare", "run", "run", "tones", "--alarm-audio", folder["none"].string)
    #expect(missing.code == 66 && missing.isOneError, "\(missing)")
  }

  @Test func tooLittleAudioProvesNothing() {
    let noise = ToneDataset.wav([Float](repeating: 0, count: 16_000), sampleRate: 8_000)
    TemporaryFolder.write(noise, to: folder["quiet.wav"])
    let output = run(
      "tune", "run", "tones", "--out", folder["tuned.safetensors"].string, "--alarm-audio",
      folder["quiet.wav"].string, "--max-false-alarms-per-hour", "1", "--quiet")
    #expect(output.code == 1, "\(output)")
    #expect(output.errorLines.last?.hasPrefix("kws: unproven: 0.00 h") == true, "\(output)")
    let stored = run("info", folder["tuned.safetensors"].string)
    #expect(stored.code == 0 && stored.text.contains("threshold: 0.5, low "), "\(stored)")
    let missing = run("evaluate", "tones", "--alarm-audio", folder["none"].string)
    #expect(missing.code == 66 && missing.isOneError, "\(missing)")
  }

  @Test func foldsNameAMislabelledClip() {
    ToneDataset.write(to: folder["d"], words: 2, clips: 16)
    let wrong = ToneDataset.tone(ToneDataset.words[1].pitch, seconds: 0.25, seed: 9)
    TemporaryFolder.write(
      ToneDataset.wav(wrong, sampleRate: ToneDataset.sampleRate),
      to: folder["d/low/speaker1_nohash_9.wav"])
    let output = run("audit", folder["d"].string, "--folds", "2", "--epochs", "1", "--quiet")
    #expect(output.code == 0 && output.text.contains("clips, 2 labels"), "\(output)")
    let refused = run("audit", folder["d"].string, "--folds", "1")
    #expect(refused.code == 64 && refused.isOneError)
  }
}

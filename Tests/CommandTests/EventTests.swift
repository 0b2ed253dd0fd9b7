import Foundation
import SystemPackage
import TestSupport
import Testing

/// Long recordings with labelled words, by the real program.
@Suite struct EventTests {
  private let folder = TemporaryFolder()

  /// The tones of words at these times, in seconds, and digital silence between.
  static func stream(_ words: [(name: String, start: Double)], seconds: Double) -> [Float] {
    let rate = Double(ToneDataset.sampleRate)
    var samples = [Float](repeating: 0, count: Int(seconds * rate))
    for (index, word) in words.enumerated() {
      let pitch = ToneDataset.words.first { $0.name == word.name }!.pitch
      let tone = ToneDataset.tone(pitch, seconds: 0.5, seed: UInt64(900 + index))
      let first = Int(word.start * rate)
      samples.replaceSubrange(first..<first + tone.count, with: tone)
    }
    return samples
  }

  static func write(
    _ words: [(name: String, start: Double)], seconds: Double, to name: String,
    in folder: TemporaryFolder
  ) {
    folder.write(
      name, ToneDataset.wav(stream(words, seconds: seconds), sampleRate: ToneDataset.sampleRate))
  }

  private func run(_ arguments: String...) -> Program.Output {
    CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(bytes)) as! [String: Any]
  }

  /// Three tones, of which one is labelled right, one as another word and one not at all.
  private func prepare() {
    Self.write(
      [("mid", 1), ("low", 3), ("top", 5)], seconds: 8, to: "talk.wav", in: folder)
    folder.write(
      "labels.csv", text: "path,start,end,label\ntalk.wav,1,1.5,mid\ntalk.wav,3,3.5,top\n")
  }

  @Test func eventsAreMatchedWithWords() throws {
    prepare()
    let labels = folder["labels.csv"].string
    let output = run(
      "evaluate", folder["talk.wav"].string, "--events", labels, "--json", "--quiet", "--report",
      folder["report"].string)
    #expect(output.code == 0, "\(output.errors)")
    let report = try object(output.bytes)
    let all = report["all"] as! [String: Any]
    #expect(report["schema"] as? String == "kws-events" && report["tolerance"] as? Double == 0.5)
    #expect(all["said"] as? Int == 2 && all["found"] as? Int == 1, "\(all)")
    #expect(all["wrongWords"] as? Int == 1 && all["falseAlarms"] as? Int == 1)
    // One alarm in 8 seconds.
    #expect(abs((all["falseAlarmsPerHour"] as! Double) - 450) < 0.01)
    #expect((all["falseAlarmBound"] as! Double) > 2_000)
    #expect((all["latency"] as! [String: Any])["n"] as? Int == 1)
    let missed = (report["missedWords"] as! [[String: Any]])[0]
    #expect(missed["label"] as? String == "top" && missed["start"] as? Double == 3)
    let kinds = (report["wrongEvents"] as! [[String: Any]]).map { $0["kind"] as! String }
    #expect(kinds.sorted() == ["falseAlarm", "wrongWord"])
    // The curve's own words add up at every threshold.
    for point in all["curve"] as! [[String: Any]] {
      #expect((0...2).contains(point["found"] as! Int))
    }
    #expect(
      TemporaryFolder.names(in: folder["report"]) == ["events.html", "events.json", "events.txt"])
    let page = try #require(TemporaryFolder.text(folder["report/events.html"]))
    #expect(page.components(separatedBy: "<audio").count == 4)
    #expect(
      page.contains("but no keyword was said") && page.contains("misses against false alarms"))
    #expect(page.contains("missed <bdi>top</bdi>"))
    let text = run("evaluate", "--events", labels, "--quiet").text
    #expect(text.contains("2 keywords said, 1 found") && text.contains("450.00 an hour"), "\(text)")
  }

  /// The same event is late or in time by the tolerance.
  @Test func theToleranceIsAnOption() throws {
    prepare()
    folder.write("early.csv", text: "path,start,end,label\ntalk.wav,0.5,0.9,mid\n")
    func found(_ tolerance: String) throws -> Int? {
      let output = run(
        "evaluate", "--events", folder["early.csv"].string, "--json", "--quiet", "--tolerance",
        tolerance)
      return try (object(output.bytes)["all"] as! [String: Any])["found"] as? Int
    }
    #expect(try found("0.01") == 0)
    #expect(try found("2") == 1)
  }

  /// A word that only a transcript names is credited once and never counted as false.
  @Test func transcriptsAreRespected() throws {
    Self.write(
      [("mid", 1), ("mid", 3), ("low", 5)], seconds: 8, to: "talk.wav", in: folder)
    folder.write("text.csv", text: "path,speaker,text\ntalk.wav,anna,\"Mid, and low.\"\n")
    let output = run(
      "evaluate", "--events", folder["text.csv"].string, "--csv", "--quiet")
    let verdicts = output.text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",").last.map(String.init)
    }
    #expect(verdicts == ["mention", "falseAlarm", "mention"], "\(output)")
    let warned = run("evaluate", "--events", folder["text.csv"].string)
    #expect(warned.errors.contains("keywords have no times"), "\(warned.errors)")
  }

  @Test func labelTracksOfAudacityAreRead() throws {
    prepare()
    folder.write("talk.txt", text: "1.000000\t1.500000\tmid\n")
    let output = run(
      "evaluate", folder["talk.wav"].string, "--events", folder["talk.txt"].string, "--json",
      "--quiet")
    #expect(try (object(output.bytes)["all"] as! [String: Any])["found"] as? Int == 1)
  }

  @Test func wrongUseIsToldInOneLine() {
    prepare()
    let labels = folder["labels.csv"].string
    for (arguments, code, text) in [
      (["evaluate"], 64, "which clips?"),
      (["evaluate", "tones", "tones"], 64, "one folder of labelled clips"),
      (["evaluate", "tones", "--tolerance", "1"], 64, "--tolerance needs --events"),
      (["evaluate", "--events", labels, "--robustness"], 64, "--robustness is for labelled clips"),
      (["evaluate", "--events", labels, "--tolerance", "-1"], 64, "tolerance"),
      (["evaluate", "--events", folder["none.csv"].string, "--quiet"], 66, "no such file"),
      (["evaluate", "tones", "--events", labels, "--quiet"], 65, "none of 48 recordings"),
      (["evaluate", "-", "--events", labels, "--quiet"], 64, "not standard input"),
    ] as [([String], Int32, String)] {
      let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == code && output.isOneError, "\(arguments): \(output)")
      #expect(output.errors.contains(text), "\(output.errors)")
    }
    folder.write("other.csv", text: "path,start,end,label\ntalk.wav,1,1.5,mit\n")
    let other = run("evaluate", "--events", folder["other.csv"].string, "--quiet")
    #expect(other.code == 65 && other.errors.contains("no label is a keyword of the model"))
  }

  @Test func recordingsThatCannotBeReadAreNamed() {
    prepare()
    folder.write("bad.wav", text: "no audio")
    folder.write("two.csv", text: "path,text\ntalk.wav,mid\nbad.wav,low\n")
    let output = run("evaluate", "--events", folder["two.csv"].string, "--quiet")
    #expect(output.code == 65 && output.text.contains("skipped recordings: 1"), "\(output)")
    #expect(output.errorLines.last == "kws: 1 of 2 recordings could not be read")
  }

  /// Audio for alarms must be free of keywords.
  @Test func alarmAudioWithKeywordsIsRefused() {
    prepare()
    folder.write("talk/one.wav", TemporaryFolder.read(folder["talk.wav"])!)
    let bare = run("evaluate", "tones", "--alarm-audio", folder["talk"].string)
    #expect(bare.code == 0 && bare.errors.contains("no transcript says that 1 of 1"), "\(bare)")
    folder.write("talk/transcripts.csv", text: "path,text\none.wav,a mid-size car\n")
    for command in [["evaluate", "tones"], ["tune", "run", "tones", "--max-false-reject", "0.1"]] {
      let arguments =
        command + ["--alarm-audio", folder["talk"].string, "--quiet"]
        + (command[0] == "tune" ? ["--out", folder["t.safetensors"].string] : [])
      let refused = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(refused.code == 65 && refused.isOneError, "\(refused)")
      #expect(refused.errors.contains("the transcripts of 1 of 1 alarm recordings have keywords"))
    }
    folder.write("free.csv", text: "path,text\ntalk/one.wav,a car\n")
    folder.write("talk/transcripts.csv", text: "path,text\nother.wav,mid\n")
    let free = run(
      "evaluate", "tones", "--alarm-audio", folder["talk/one.wav"].string, "--transcripts",
      folder["free.csv"].string)
    #expect(free.code == 0 && !free.errors.contains("no transcript"), "\(free.errors)")
  }

  /// A word that is decided later than allowed is a miss and a false alarm; the report says why.
  @Test func lateDecisionsAreNoted() {
    Self.write([("mid", 1), ("mid", 4)], seconds: 8, to: "talk.wav", in: folder)
    // The labels end long before the tones do, and the second word's is right.
    folder.write(
      "labels.csv", text: "path,start,end,label\ntalk.wav,1,1.3,mid\ntalk.wav,4,4.5,mid\n")
    let labels = folder["labels.csv"].string
    let strict = run("evaluate", "--events", labels, "--tolerance", "0.01", "--quiet").text
    let words = strict.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains("name a word that was said, but are decided later than 0.01 s after its end"),
      "\(strict)")
    #expect(words.contains("--max-clip-seconds), and --tolerance 0."), "\(strict)")
    let usual = run("evaluate", "--events", labels, "--tolerance", "2", "--quiet").text
    #expect(!usual.contains("decided later than"), "\(usual)")
  }
}

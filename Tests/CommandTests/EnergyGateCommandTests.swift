import Foundation
import SystemPackage
import TestSupport
import Testing

/// `--energy-gate` of `listen` and `evaluate --events`, by the real program.
@Suite struct EnergyGateCommandTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: [String]) -> Program.Output {
    CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
  }

  /// Words, of which the second one is too quiet for a gate at -13.5 dB.
  private func prepare() {
    let loud = ListenFixture.samples()
    let second = 20_000..<32_000
    let samples = loud.enumerated().map { second.contains($0) ? $1 * 0.8 : $1 }
    folder.write("talk.wav", ToneDataset.wav(samples, sampleRate: 8_000))
    folder.write(
      "labels.csv",
      text: "path,start,end,label\ntalk.wav,1,1.35,mid\ntalk.wav,2.5,2.85,low\n"
        + "talk.wav,4,4.35,top\ntalk.wav,5.5,5.85,low\n")
  }

  @Test func listenSkipsQuietWindows() throws {
    prepare()
    let talk = folder["talk.wav"].string
    func scores(_ more: [String]) -> [[Substring]] {
      let output = run(["listen", talk, "--scores", folder["s.csv"].string, "--quiet"] + more)
      #expect(output.code == 0, "\(output)")
      return TemporaryFolder.text(folder["s.csv"])!.split(whereSeparator: \.isNewline).dropFirst()
        .map { $0.split(separator: ",") }
    }
    let (plain, gated) = (scores([]), scores(["--energy-gate", "-13.5"]))
    #expect(plain.count == gated.count)
    let skipped = gated.count { $0.suffix(4).map(Double.init) == [0, 0, 0, 1] }
    #expect(skipped > plain.count / 3 && skipped < plain.count, "\(skipped) of \(plain.count)")
    #expect(zip(plain, gated).count { $0 == $1 } >= plain.count - skipped)
    let output = run(["listen", talk, "--json", "--energy-gate=-13.5"])
    #expect(try ListenFixture.labels(output) == ["mid", "top", "low"], "\(output)")
    #expect(output.errorLines.last!.contains("% of the windows below the gate"), "\(output)")
    #expect(try ListenFixture.labels(run(["listen", talk, "--json"])) == ListenFixture.words)
  }

  @Test func whatTheGateCostsIsMeasured() throws {
    prepare()
    let labels = folder["labels.csv"].string
    func report(_ more: [String]) throws -> [String: Any] {
      let output = run(["evaluate", "--events", labels, "--json", "--quiet"] + more)
      return try JSONSerialization.jsonObject(with: Data(output.bytes)) as! [String: Any]
    }
    let plain = try report([])
    #expect(plain["gate"] == nil && (plain["all"] as! [String: Any])["found"] as? Int == 4)
    let gated = try report(["--energy-gate", "-13.5"])
    let gate = try #require(gated["gate"] as? [String: Any])
    #expect(gate["decibels"] as? Double == -13.5 && gate["lostHits"] as? Int == 1, "\(gate)")
    #expect(gate["hitsWithout"] as? Int == 4 && gate["falseAlarmsWithout"] as? Int == 0)
    let (windows, skipped) = (gate["windows"] as! Int, gate["skippedWindows"] as! Int)
    #expect(gate["skippedShare"] as? Double == Double(skipped) / Double(windows))
    #expect(skipped > windows / 3 && skipped < windows)
    // The figures are those of a listening with the gate.
    #expect((gated["all"] as! [String: Any])["found"] as? Int == 3)
    let text = run(["evaluate", "--events", labels, "--quiet", "--energy-gate", "-13.5"]).text
    #expect(text.contains("windows, below -13.5 dB: 1 of 4 hits lost"), "\(text)")
    // Known from a transcript only.
    folder.write("text.csv", text: "path,text\ntalk.wav,mid low top low\n")
    let told = run([
      "evaluate", "--events", folder["text.csv"].string, "--quiet", "--energy-gate", "-13.5",
    ])
    #expect(told.text.contains("below -13.5 dB: 1 of 4 hits lost"), "\(told.text)")
  }

  @Test func wrongUseIsToldInOneLine() {
    for (arguments, text) in [
      (["listen", "tones/mid", "--energy-gate", "3"], "--energy-gate must lie between"),
      (["listen", "tones/mid", "--energy-gate", "nan"], "--energy-gate must lie between"),
      (["evaluate", "tones", "--energy-gate", "-13.5"], "--energy-gate needs --events"),
    ] {
      let output = run(arguments)
      #expect(output.code == 64 && output.isOneError, "\(arguments): \(output)")
      #expect(output.errors.contains(text), "\(output.errors)")
    }
  }
}

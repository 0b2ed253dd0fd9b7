import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// `kws listen` with recordings, pipes and FIFOs: the same events whatever brings the sound.
@Suite struct ListenTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func listen(_ arguments: String..., input: [UInt8] = []) -> Program.Output {
    program.run(arguments: (["listen"] + arguments).map { Array($0.utf8) }, input: input)
  }

  /// Lines without the name of the source.
  private func lines(_ output: Program.Output, _ source: String) -> [String] {
    output.text.split(separator: "\n").map { String($0).replacing(source, with: "SOURCE") }
  }

  @Test func aRecordingIsHeard() throws {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let output = listen(file)
    let words = ["mid", "low", "top", "low"]
    #expect(output.code == 0 && output.text.split(separator: "\n").count == 4, "\(output)")
    for (line, word) in zip(output.text.split(separator: "\n"), words) {
      #expect(line.wholeMatch(of: /0:00:0\d\.\d\d  (\w+)  \d+\.\d%/)?.1 == Substring(word))
    }
    #expect(
      output.errorLines[0]
        == "kws: model run/model.safetensors, trained on tones; words: low, mid, top")
    let summary = /kws: 7\.0 s of sound: low 2, mid 1, top 1; real-time factor 0\.\d{4}/
    #expect(output.errorLines.last!.wholeMatch(of: summary) != nil, "\(output)")
    #expect(listen(file, "--quiet").errors.isEmpty)
  }

  @Test func jsonIsOneObjectALine() throws {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let objects = try ListenFixture.objects(listen(file, "--json"))
    #expect(objects.count == 4)
    for (object, start) in zip(objects, [1, 2.5, 4, 5.5]) {
      #expect(object["version"] as? Int == 1 && object["kind"] as? String == "event")
      #expect(object["source"] as? String == file && object["time"] is NSNull)
      #expect(object["latency"] is NSNull && object["file"] is NSNull)
      #expect((object["probability"] as! Double) > 0.5)
      let (from, to) = (object["start"] as! Double, object["end"] as! Double)
      #expect(from <= start + 0.2 && from > start - 0.4 && to > start, "\(object)")
      // Decided while the word is in the window.
      let decided = object["decided"] as! Double
      #expect(decided > start && decided < start + 0.6)
    }
  }

  /// The bytes of the lines are the same for the file, for standard input and for a FIFO that is
  /// written in pieces, with and without a length in the header.
  @Test func whatBringsTheSoundDoesNotMatter() throws {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let options = ["--json", "--near", "0.2", "--step", "0.05", "--quiet"]
    func run(_ input: String, _ bytes: [UInt8] = []) -> [String] {
      lines(
        program.run(
          arguments: (["listen", input] + options).map { Array($0.utf8) }, input: bytes), input)
    }
    let expected = run(file)
    #expect(expected.count >= 4)
    #expect(run("-", ListenFixture.wav()) == expected)
    for size: UInt32 in [0, 0xFFFF_FFFF, 0x7FFF_FFFF, 0xFFFF_FFFF - 36] {
      #expect(run("-", ListenFixture.wav(size: size)) == expected, "\(size)")
    }
    for piece in [1, 7, 160, 4_096] {
      let fifo = folder["pipe\(piece)"]
      #expect(fifo.withPlatformString { mkfifo($0, 0o600) } == 0)
      ListenFixture.feed(fifo, ListenFixture.wav(size: 0), piece: piece)
      #expect(run(fifo.string) == expected, "\(piece)")
    }
  }

  /// A word that is said again fires again, where the pause is longer than the refractory time.
  @Test func aWordThatIsSaidAgainFiresAgain() throws {
    EventTests.write(
      [("mid", 1), ("mid", 3.2), ("mid", 4.2)], seconds: 6, to: "again.wav", in: folder)
    let file = folder["again.wav"].string
    let plain = listen(file, "--json")
    #expect(try ListenFixture.labels(plain) == ["mid", "mid"], "\(plain.text)")
    let quick = listen(file, "--json", "--refractory", "0.2")
    #expect(try ListenFixture.labels(quick) == ["mid", "mid", "mid"], "\(quick)")
  }

  /// Samples without a header, in every encoding at hand, at other rates and on more channels.
  @Test func rawSamplesAreHeard() throws {
    let mono = ListenFixture.samples()
    let float = mono.flatMap { sample in
      withUnsafeBytes(of: sample.bitPattern.littleEndian) { Array($0) }
    }
    let cases: [(String, [UInt8])] = [
      ("s16le:8000", ListenFixture.s16le(mono)),
      ("f32le:8000:1", float),
      ("s16le:48000:2", ListenFixture.s16le(ListenFixture.samples(at: 48_000), channels: 2)),
      ("s16le:44100:3", ListenFixture.s16le(ListenFixture.samples(at: 44_100), channels: 3)),
    ]
    for (format, bytes) in cases {
      let output = listen("-", "--raw", format, "--json", input: bytes)
      #expect(try ListenFixture.labels(output) == ListenFixture.words, "\(format): \(output)")
      let rate = format.split(separator: ":")[1]
      #expect(output.errors.contains("kws: listening to -: \(rate) Hz"))
    }
  }

  @Test func aChannelOfSeveralIsHeard() throws {
    let words = ListenFixture.samples()
    let noise = ListenFixture.hiss(10, at: 8_000, seed: 9)
    let stereo = zip(noise, words).flatMap { [$0, $1] }
    let bytes = ListenFixture.s16le(stereo)
    let second = listen("-", "--raw", "s16le:8000:2", "--channel", "2", "--json", input: bytes)
    #expect(try ListenFixture.labels(second) == ListenFixture.words, "\(second)")
    let first = listen("-", "--raw", "s16le:8000:2", "--channel", "1", "--json", input: bytes)
    #expect(first.code == 0 && first.text.isEmpty, "\(first)")
    let third = listen("-", "--raw", "s16le:8000:2", "--channel", "3", "--quiet", input: bytes)
    #expect(third.code == 65 && third.errors.contains("channel 3 was requested, but it has 2"))
  }

  /// A pipe that brings nothing for a while is waited for, and what it brings then is heard.
  @Test func aPipeMayStall() throws {
    let fifo = folder["pipe"]
    #expect(fifo.withPlatformString { mkfifo($0, 0o600) } == 0)
    let data = ListenFixture.s16le(ListenFixture.samples())
    // In the middle of a word.
    ListenFixture.feed(fifo, data, piece: 2_200, stallBefore: 8, seconds: 10)
    let output = listen(fifo.string, "--raw", "s16le:8000", "--json")
    #expect(try ListenFixture.labels(output) == ListenFixture.words, "\(output)")
    #expect(output.errors.contains("pipe: no sound has arrived for 5 s"), "\(output)")
  }

  /// Live sound carries the time of day and how long the decision took.
  @Test func aLivePipeHasTimeAndLatency() throws {
    let output = listen(
      "-", "--live", "--json", input: ListenFixture.wav())
    let objects = try ListenFixture.objects(output)
    #expect(objects.count == 4)
    for object in objects {
      let time = object["time"] as? String
      #expect(time?.wholeMatch(of: /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ/) != nil)
      // A debug build on a busy machine takes its time.
      #expect((object["latency"] as! Double) >= 0 && (object["latency"] as! Double) < 5_000)
    }
  }

  @Test func whatIsWrongWithTheSoundIsSaid() {
    func errors(_ samples: [Float]) -> String {
      listen("-", "--raw", "s16le:8000", input: ListenFixture.s16le(samples)).errors
    }
    let zeros = errors([Float](repeating: 0, count: 32_000))
    #expect(zeros.contains("warning: -: all samples are zero"), "\(zeros)")
    #expect(errors([Float](repeating: 0.25, count: 32_000)).contains("the sound is flat"))
    let clipped = (0..<32_000).map { max(-1, min(1, 1.5 * sin(Float($0) * 0.3))) }
    #expect(errors(clipped).contains("the sound is clipped"))
    let fine = errors(ListenFixture.samples())
    #expect(!fine.contains("warning") && fine.contains("kws: -: level -"), "\(fine)")
  }

  @Test func nearMissesSayWhy() throws {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let output = listen(file, "--json", "--near", "0.3", "--threshold", "0.9999999")
    let objects = try ListenFixture.objects(output)
    #expect(objects.count { $0["reason"] as? String == "belowThreshold" } >= 4, "\(output)")
    let text = listen(file, "--near", "0.3", "--threshold", "0.9999999").text
    #expect(text.contains("below its threshold of 100.0%)"), "\(text)")
  }

  /// `classify` finds the same events in a recording: they stand below the answer.
  @Test func classifyFindsTheSameEvents() throws {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let heard = try ListenFixture.objects(listen(file, "--json"))
    let answer = try ListenFixture.objects(program.run("classify", file, "--json"))[0]
    let events = try #require(answer["events"] as? [[String: Any]])
    for (event, object) in zip(events, heard) {
      for key in ["label", "probability", "start", "end", "decided"] {
        #expect("\(event[key]!)" == "\(object[key]!)", "\(key)")
      }
    }
    #expect(events.count == 4)
    let lines = program.run("classify", file).text.split(separator: "\n")
    #expect(
      lines.count == 5 && lines[1].wholeMatch(of: /\ \ mid  .*%  at 0\.\d\d-1\.\d\d s/) != nil)
  }

  /// On a terminal, which `script` gives, a file has a bar and live sound a meter; both go before each
  /// event.
  @Test(.enabled(if: access("/usr/bin/script", X_OK) == 0, "util-linux's script is not there"))
  func aTerminalGetsALineBelow() {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let fifo = folder["fifo"]
    #expect(fifo.withPlatformString { mkfifo($0, 0o600) } == 0)
    let bytes = ListenFixture.s16le(ListenFixture.samples())
    ListenFixture.feed(fifo, bytes, piece: 4_000, stallBefore: 8, seconds: 0.5)
    func terminal(_ arguments: String) -> String {
      let model = CommandFixture.folder["run"]
      let command = "\(Program.executable) listen \(arguments) --model \(model)"
      let stream = popen("script -qec '\(command)' /dev/null < /dev/null", "r")!
      defer { pclose(stream) }
      var bytes: [UInt8] = []
      while case let byte = fgetc(stream), byte >= 0 { bytes.append(UInt8(byte)) }
      return String(decoding: bytes, as: UTF8.self)
    }
    let recording = terminal(file)
    #expect(recording.contains("] 0:00:0") && recording.contains(" of 0:00:07.00"), "\(recording)")
    #expect(recording.contains("\r\u{1B}[K0:00:00.") && recording.contains("  mid  "))
    let live = terminal("\(fifo) --raw s16le:8000")
    #expect(live.contains(" dB  "), "\(live)")
    #expect(live.contains("\r\u{1B}[K0:00:0"))
  }

  /// A file of scores has the windows that `classify` answers by.
  @Test func scoresAreThoseOfEveryWindow() throws {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let output = listen(file, "--scores", folder["s.csv"].string, "--quiet")
    #expect(output.code == 0, "\(output)")
    let rows = TemporaryFolder.text(folder["s.csv"])!.split(whereSeparator: \.isNewline)
    #expect(rows[0] == "path,start,end,low,mid,top,_silence_")
    let json = try ListenFixture.objects(program.run("classify", file, "--json"))[0]
    #expect(rows.count == 1 + (json["windows"] as! Int))
    // 7 s in steps of six frames.
    #expect(rows[2].hasPrefix("\(file),0.120,0.620,"), "\(rows[2])")
    #expect((json["events"] as! [Any]).count == 4)
  }
}

import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Recognition

/// What `kws listen` makes of events: files of sound, programs; and how it ends.
@Suite(.serialized) struct ListenOutputTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func script(_ name: String, _ text: String) -> String {
    let path = folder.write(name, text: "#!/bin/sh\n\(text)\n")
    #expect(path.withPlatformString { chmod($0, 0o755) } == 0)
    return path.string
  }

  /// Files by word, with what came before; they make a dataset that `audit` reads.
  @Test func eventsAreKept() throws {
    let file = folder.write("talk/anna.wav", ListenFixture.wav()).string
    let kept = folder["kept"]
    let output = program.run(
      "listen", file, "--save", kept.string, "--preroll", "0.5", "--json", "--quiet")
    #expect(
      output.code == 0 && TemporaryFolder.names(in: kept) == ["events.csv", "low", "mid", "top"])
    #expect(TemporaryFolder.names(in: folder["kept/low"]).count == 2)
    for object in try ListenFixture.objects(output) {
      let path = FilePath(object["file"] as! String)
      #expect(path.string.wholeMatch(of: /.*\/anna_nohash_00000\d{4}\.wav/) != nil)
      let bytes = try #require(TemporaryFolder.read(path))
      let seconds = Double(bytes.count - 44) / 2 / 8_000
      let heard = (object["end"] as! Double) - (object["start"] as! Double)
      #expect(abs(seconds - heard - 0.5) < 0.002, "\(object): \(seconds)")
      // The samples of the stream, from there on.
      let start = Int(((object["start"] as! Double) - 0.5) * 8_000 + 0.5)
      let original = ListenFixture.s16le(ListenFixture.samples())[(2 * start)...].prefix(4_000)
      #expect(bytes[44...].prefix(4_000).elementsEqual(original))
      let answer = program.run("classify", path.string, "--json", "--quiet").text
      #expect(answer.contains("\"label\":\"\(object["label"]!)\""))
    }
    // Once more the same: nothing new.
    _ = program.run("listen", file, "--save", kept.string, "--preroll", "0.5", "--quiet")
    #expect(TemporaryFolder.names(in: folder["kept/low"]).count == 2)
    // A row an event, in the order in which they were heard.
    let rows = TemporaryFolder.text(folder["kept/events.csv"])!.split(whereSeparator: \.isNewline)
    #expect(rows[0] == "path,label,probability,start,end,decided,source,time" && rows.count == 5)
    #expect(rows.dropFirst().map { $0.split(separator: ",")[1] } == ["mid", "low", "top", "low"])
    #expect(rows[1].hasPrefix("mid/anna_nohash_") && rows[1].contains(",\(file),"), "\(rows[1])")
    let audit = program.run("audit", kept.string)
    #expect(audit.code == 0 && audit.text.contains("low"), "\(audit)")
  }

  /// Names of words from a stranger's model stay within the folder.
  @Test func labelsLeadNowhereElse() throws {
    var model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    model.labels = model.labels.map { $0 == "mid" ? "../../mid" : $0 }
    model.decision.prior = ClassPrior()
    try model.write(to: folder["hostile.safetensors"])
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let output = program.run(
      "listen", file, "--model", folder["hostile.safetensors"].string, "--save",
      folder["kept"].string, "--quiet")
    #expect(output.code == 0, "\(output)")
    #expect(
      TemporaryFolder.names(in: folder["kept"]) == ["_.._.._mid", "events.csv", "low", "top"])
  }

  /// A program is told of each event by its environment.
  @Test func aProgramRunsForEachEvent() throws {
    let file = folder.write("a.wav", ListenFixture.wav()).string
    let hook = script(
      "hook", "echo noise; echo \"$KWS_LABEL $KWS_START $KWS_SOURCE\" > \(folder.path)/$$.out")
    let output = program.run("listen", file, "--exec", hook, "--quiet")
    // What it prints is no data.
    #expect(output.code == 0 && !output.text.contains("noise"), "\(output)")
    func outputs() -> [String] {
      TemporaryFolder.names(in: folder.path).filter { $0.hasSuffix(".out") }
        .compactMap { TemporaryFolder.text(folder[$0]) }.filter { $0.hasSuffix("\n") }
    }
    for _ in 0..<1_000 where outputs().count < 4 { usleep(10_000) }
    #expect(outputs().count == 4)
    #expect(outputs().count { $0.hasPrefix("low ") && $0.hasSuffix(" \(file)\n") } == 2)
  }

  /// A thousand events in less than a minute: each is told, kept and has its program, and children
  /// do not pile up.
  @Test func aThousandEventsAreNoTrouble() throws {
    var samples: [Float] = []
    let tone = ListenFixture.samples()[8_000..<10_800]
    for index in 0..<1_000 {
      samples += Array(tone) + ListenFixture.hiss(0.65, at: 8_000, seed: UInt64(index))
    }
    let file = folder.write("many.wav", ToneDataset.wav(samples, sampleRate: 8_000)).string
    let hook = script("hook", "echo x >> \(folder["log"])")
    let start = ContinuousClock.now
    let running = program.start(
      "listen", file, "--refractory", "0.1", "--exec", hook, "--save", folder["kept"].string,
      "--quiet")
    let output = running.wait()
    #expect(output.code == 0, "\(output.errors)")
    #expect(output.text.split(separator: "\n").count == 1_000)
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(TemporaryFolder.names(in: folder["kept/mid"]).count == 1_000)
    for _ in 0..<500 where TemporaryFolder.read(folder["log"])?.count != 2_000 { usleep(10_000) }
    #expect(TemporaryFolder.read(folder["log"])?.count == 2_000)
  }

  /// A program that sleeps holds nobody up.
  @Test func aSlowProgramDoesNotBlock() throws {
    let hook = script("hook", "exec sleep 30")
    let start = ContinuousClock.now
    let output = program.run("listen", "-", "--live", "--exec", hook, input: ListenFixture.wav())
    #expect(output.code == 0 && output.text.split(separator: "\n").count == 4, "\(output)")
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  /// A signal ends it at once, with what was heard so far.
  @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsItAtOnce(_ signal: Int32) throws {
    var fastest = Duration.seconds(9)
    for round in 0..<3 {
      let fifo = folder["pipe\(round)"]
      #expect(fifo.withPlatformString { mkfifo($0, 0o600) } == 0)
      ListenFixture.feed(fifo, ListenFixture.wav(size: 0), piece: 4_000, keepsOpen: 20)
      let running = program.start("listen", fifo.string)
      #expect(running.waits(for: "level"))
      usleep(500_000)
      let start = ContinuousClock.now
      running.send(signal)
      let output = running.wait()
      fastest = min(fastest, ContinuousClock.now - start)
      #expect(output.code == 128 + signal && output.signal == nil, "\(output)")
      let last = output.errorLines.last ?? ""
      #expect(
        last.hasPrefix("kws: stopped by signal \(signal); 7.0 s of sound: low 2,"), "\(output)")
      #expect(output.text.split(separator: "\n").count == 4)
    }
    #expect(fastest < .milliseconds(100), "\(fastest)")
  }

  /// Also while a long recording is decoded.
  @Test func aSignalEndsALongRecording() throws {
    let noise = ListenFixture.hiss(600, at: 8_000)
    let file = folder.write("long.wav", ToneDataset.wav(noise, sampleRate: 8_000)).string
    let running = program.start("listen", file, "--step", "0.005", "--scores", "/dev/null")
    #expect(running.waits(for: "model"))
    usleep(700_000)
    let start = ContinuousClock.now
    running.send(SIGINT)
    let output = running.wait()
    #expect(output.code == 130 && ContinuousClock.now - start < .milliseconds(500), "\(output)")
  }

  /// A file that is cut tells its events, and then that it is cut.
  @Test func aPipeThatIsCutIsSaid() throws {
    let wav = ListenFixture.wav()
    let output = program.run("listen", "-", "--json", input: Array(wav[..<40_000]))
    #expect(output.code == 65, "\(output)")
    #expect(try !ListenFixture.labels(output).isEmpty)
    #expect(
      output.errorLines.last
        == "kws: -: cut short: its header declares 56000 frames, but it has 19978; copy or record "
        + "it again")
  }

  @Test func severalInputsAreHeardInOrder() throws {
    let first = folder.write("a.wav", ListenFixture.wav()).string
    let bad = folder.write("b.wav", text: "no sound").string
    let output = program.run("listen", first, bad, first, "--json")
    #expect(output.code == 65, "\(output)")
    #expect(try ListenFixture.labels(output).count == 8)
    #expect(output.errors.contains("b.wav: not an audio file"))
    #expect(output.errors.contains("kws: 14.0 s of sound: low 4"))
    #expect(output.errorLines.last == "kws: 1 of 3 inputs could not be read")
    let text = program.run("listen", first, first, "--quiet").text
    #expect(text.hasPrefix("\(first): 0:00:0"))
  }

  @Test(arguments: [
    (["-", "--raw", "s16le"], 64, "--raw takes"), (["-", "--raw", "x:8000:1"], 64, "--raw takes"),
    (["-", "--raw", "s16le:8000:65"], 64, "--raw takes"), (["-", "-"], 64, "once only"),
    (["tones/mid", "--raw", "s16le:8000"], 64, "for pipes"),
    (["tones/mid", "--device", "x"], 64, "cannot both"),
    (["tones/mid", "--step", "9"], 64, "hop"), (["tones/mid", "--step", "nan"], 64, "hop"),
    (["tones/mid", "--threshold", "2"], 64, "between 0 and 1"),
    (["tones/mid", "--refractory=-1"], 64, "refractory time"),
    (["tones/mid", "--near", "0"], 64, "--near"), (["tones/mid", "--preroll", "1"], 64, "--save"),
    (["tones/mid", "--exec", "no-such-program"], 66, "no-such-program"),
    (["tones/mid", "--exec", "tones"], 66, "tones"),
    (["tones/mid", "--scores", "none/s.csv"], 73, "cannot be created"),
    (["tones/mid", "--save", "run/model.safetensors/x"], 73, "cannot be created"),
    (["none.wav"], 66, "no such file"), (["-"], 65, "holds no audio"),
  ])
  func mistakesAreOneLine(_ arguments: [String], _ code: Int32, _ words: String) {
    let output = program.run(arguments: (["listen"] + arguments).map { Array($0.utf8) })
    #expect(output.code == code && output.isOneError, "\(output)")
    #expect(output.errors.contains(words), "\(output)")
  }

  @Test func aPipeWithoutWAVIsRefused() {
    let output = program.run("listen", "-", "--quiet", input: Array("ID3 something else".utf8))
    #expect(output.code == 65 && output.isOneError && output.errors.contains("--raw"), "\(output)")
  }
}

import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// `kws listen --wyoming`: what clients ask and get, and what a broken client costs.
@Suite(.serialized) struct WyomingTests {
  private let folder = TemporaryFolder()

  @Test func aClientIsTold() throws {
    let server = try WyomingProgram(["--json", "--save", folder["k"].string])
    let peer = try WyomingPeer(port: server.port)
    try peer.send("describe")
    let info = try #require(try peer.next())
    #expect(info.type == "info")
    let wake = try #require((info.data["wake"] as? [[String: Any]])?.first)
    #expect(wake["name"] as? String == "kws" && wake["installed"] as? Bool == true)
    let models = try #require(wake["models"] as? [[String: Any]])
    #expect(models.map { $0["name"] as! String } == ["low", "mid", "top"])

    try peer.send("ping", ["text": "x"])
    #expect(try peer.next()?.data["text"] as? String == "x")

    try peer.send("detect", ["names": NSNull(), "context": ["id": 7]])
    try peer.send("audio-start", ["rate": 8_000, "width": 2, "channels": 1, "timestamp": 0])
    try peer.send(ListenFixture.samples())
    try peer.send("audio-stop", ["timestamp": 7_000])
    for (word, start) in zip(ListenFixture.words, [1_000, 2_500, 4_000, 5_500]) {
      let message = try #require(try peer.next())
      #expect(message.type == "detection" && message.data["name"] as? String == word)
      // The chunk that decided: while the word is in the window.
      #expect((start...start + 600).contains(message.data["timestamp"] as! Int))
      #expect((message.data["context"] as? [String: Int]) == ["id": 7])
    }
    // A stream without a word.
    try peer.send("audio-start", ["rate": 8_000, "width": 2, "channels": 1], apart: true)
    try peer.send(ListenFixture.hiss(1, at: 8_000))
    try peer.send("audio-stop")
    let last = try #require(try peer.next())
    #expect(last.type == "not-detected" && last.data["context"] as? [String: Int] == ["id": 7])

    let output = server.end()
    #expect(output.code == 143 && output.errors.contains("low 2, mid 1, top 1"), "\(output)")
    #expect(try ListenFixture.labels(output) == ListenFixture.words)
    #expect(TemporaryFolder.names(in: folder["k/low"]).count == 2)
  }

  /// Other rates, channels and widths, and only some of the words.
  @Test func clientsAskForWhatTheyWant() throws {
    let server = try WyomingProgram()
    let peer = try WyomingPeer(port: server.port)
    try peer.send("detect", ["names": ["top"]])
    // Without a start, as some clients do.
    try peer.send(ListenFixture.samples(at: 48_000), rate: 48_000, channels: 2)
    try peer.send("audio-stop")
    #expect(try peer.next()?.data["name"] as? String == "top")
    try peer.send("ping")
    #expect(try peer.next()?.type == "pong")

    try peer.send("detect", ["names": ["none"]])
    let error = try #require(try peer.next())
    #expect(error.type == "error" && error.data["text"] as? String == "there is no keyword none")
    #expect(try peer.next() == nil)
    _ = server.end()
  }

  /// Several clients at once each hear their own words.
  @Test func clientsDoNotShareSessions() throws {
    let server = try WyomingProgram(["--max-clients", "3"])
    let peers = try (0..<3).map { _ in try WyomingPeer(port: server.port) }
    // Interleaved, a second apart from one another.
    let samples = ListenFixture.samples()
    for (index, peer) in peers.enumerated() {
      try peer.send(ListenFixture.hiss(Double(index) * 0.3, at: 8_000))
    }
    for start in stride(from: 0, to: samples.count, by: 4_000) {
      for peer in peers { try peer.send(Array(samples[start..<min(samples.count, start + 4_000)])) }
    }
    for peer in peers {
      try peer.send("audio-stop")
      let names = try (0..<4).map { _ in try #require(try peer.next()).data["name"] as? String }
      #expect(names == ListenFixture.words)
    }
    // No more than asked for.
    let fourth = try WyomingPeer(port: server.port)
    try fourth.send("describe")
    #expect(try fourth.next() == nil)
    try peers[0].send("describe")
    #expect(try peers[0].next()?.type == "info")
    #expect(server.end().errors.contains("refused: too many clients"))
  }

  /// Broken clients are told and dismissed; the others notice nothing.
  @Test func aBrokenClientCostsOnlyItself() throws {
    let server = try WyomingProgram()
    let good = try WyomingPeer(port: server.port)
    let samples = ListenFixture.samples()
    try good.send(Array(samples[..<10_000]))
    let chunk = "{\"type\":\"audio-chunk\",\"data\":"
    let broken: [(String, [UInt8])] = [
      ("JSON", Array("GET / HTTP/1.1\r\n\r\n".utf8)), ("JSON", [0xFF, 0xFE, 0, 10]),
      ("type", Array("{}\n".utf8)), ("type", Array("[1]\n".utf8)),
      ("more than", Array("{\"type\":\"x\",\"payload_length\":99999999999}\n".utf8)),
      ("not a size", Array("{\"type\":\"x\",\"data_length\":-1}\n".utf8)),
      ("not an object", Array("{\"type\":\"x\",\"data\":7}\n".utf8)),
      ("not JSON", Array("{\"type\":\"x\",\"data_length\":1}\nx".utf8)),
      ("bytes", [UInt8](repeating: 65, count: 70_000)),
      ("needs rate", Array("{\"type\":\"audio-start\"}\n".utf8)),
      (
        "not supported", Array((chunk + "{\"rate\":1,\"width\":2,\"channels\":1}}\n").utf8)
      ),
      (
        "not supported",
        Array((chunk + "{\"rate\":8000,\"width\":2,\"channels\":9999}}\n").utf8)
      ),
      (
        "not supported", Array((chunk + "{\"rate\":8000,\"width\":9,\"channels\":1}}\n").utf8)
      ),
      ("not a list", Array("{\"type\":\"detect\",\"data\":{\"names\":\"low\"}}\n".utf8)),
      (
        "nested", Array(("{\"type\":" + String(repeating: "[", count: 5_000) + "\n").utf8)
      ),
    ]
    for (words, bytes) in broken {
      let peer = try WyomingPeer(port: server.port)
      peer.send(bytes: bytes)
      let message = try peer.next()
      let text = message?.data["text"] as? String
      #expect(message?.type == "error" && text?.contains(words) == true, "\(words): \(text ?? "")")
      #expect(try peer.next() == nil)
    }
    // Clients that leave in the middle, by closing or by a reset.
    for _ in 0..<20 {
      let peer = try WyomingPeer(port: server.port)
      peer.send(bytes: Array("{\"type\":\"audio-chunk\",\"payload_length\":500}\nxx".utf8))
    }
    try good.send(Array(samples[10_000...]))
    try good.send("audio-stop")
    let names = try (0..<4).map { _ in try #require(try good.next()).data["name"] as? String }
    #expect(names == ListenFixture.words)
    let output = server.end()
    #expect(output.code == 143 && output.signal == nil, "\(output)")
    #expect(output.errors.contains("dismissed: a message is not JSON"))
  }

  /// Parts of samples that come in chunks of their own, and odd numbers.
  @Test func oddChunksAreHeard() throws {
    let server = try WyomingProgram()
    let peer = try WyomingPeer(port: server.port)
    let bytes = ListenFixture.s16le(ListenFixture.samples())
    for start in stride(from: 0, to: bytes.count, by: 777) {
      try peer.send(
        "audio-chunk", ["rate": 8_000, "width": 2, "channels": 1, "timestamp": -1.5],
        payload: Array(bytes[start..<min(bytes.count, start + 777)]))
    }
    try peer.send("audio-stop")
    let names = try (0..<4).map { _ in try #require(try peer.next()).data["name"] as? String }
    #expect(names == ListenFixture.words)
    _ = server.end()
  }

  @Test func standardStreamsServeOneClient() throws {
    let bytes = ListenFixture.s16le(ListenFixture.samples())
    let start = "{\"rate\":8000,\"width\":2,\"channels\":1}"
    var input = Array("{\"type\":\"audio-start\",\"data\":\(start)}\n".utf8)
    input += "{\"type\":\"audio-chunk\",\"data\":\(start),\"payload_length\":\(bytes.count)}\n".utf8
    input += bytes + Array("{\"type\":\"audio-stop\"}\n".utf8)
    let output = CommandFixture.program.run("listen", "--wyoming", "stdio", input: input)
    #expect(output.code == 0 && output.text.split(separator: "\n").count == 5, "\(output)")
    #expect(output.text.hasPrefix("{\"type\":\"detection\""))
  }

  @Test func aUnixSocketIsServedAndRemoved() throws {
    let path = folder["kws.sock"]
    let running = CommandFixture.program.start("listen", "--wyoming", "unix://\(path)")
    #expect(running.waits(for: "serving unix://"))
    #expect(TemporaryFolder.names(in: folder.path) == ["kws.sock"])
    running.send(SIGINT)
    #expect(running.wait().code == 130)
    #expect(TemporaryFolder.names(in: folder.path).isEmpty)
  }

  @Test func mistakesAreOneLine() throws {
    let server = try WyomingProgram()
    for (arguments, code, words) in [
      (["--wyoming", "http://x"], 64, "takes an address"),
      (["--wyoming", "tcp://127.0.0.1:99999"], 64, "takes an address"),
      (["--wyoming", "tcp://127.0.0.1:0", "a.wav"], 64, "leave inputs"),
      (["--wyoming", "tcp://127.0.0.1:0", "--max-clients", "0"], 64, "--max-clients"),
      (["--wyoming", "tcp://127.0.0.1:\(server.port)"], 74, "cannot listen"),
      (["--wyoming", "tcp://no.such.host.invalid:1"], 74, "no address"),
      (["--wyoming", "unix:///none/x.sock"], 74, "cannot listen"),
    ] as [([String], Int32, String)] {
      let output = CommandFixture.program.run(
        arguments: (["listen"] + arguments).map { Array($0.utf8) })
      #expect(output.code == code && output.isOneError, "\(arguments): \(output)")
      #expect(output.errors.contains(words), "\(output)")
    }
    _ = server.end()
  }

  /// The client of PyPI's package `wyoming`, where python3 has it.
  @Test(.enabled(if: PythonWyoming.isThere, "python3 has no package wyoming"))
  func theReferenceClientIsServed() throws {
    let server = try WyomingProgram()
    folder.write("talk.wav", ListenFixture.wav())
    let output = PythonWyoming.run(port: server.port, folder["talk.wav"].string)
    #expect(
      output == "kws low,mid,top\ndetection mid\ndetection low\ndetection top\ndetection low\n"
        + "not-detected\n", "\(output)")
    _ = server.end()
  }
}

/// A client made of PyPI's package.
private enum PythonWyoming {
  static let isThere = shell("python3 -c 'import wyoming' 2> /dev/null && echo yes") == "yes\n"

  static func run(port: Int, _ file: String) -> String {
    let program = """
      import asyncio, sys, wave
      from wyoming.audio import AudioStart, AudioStop, wav_to_chunks
      from wyoming.client import AsyncClient
      from wyoming.info import Describe, Info
      from wyoming.wake import Detect, Detection, NotDetected

      async def main():
          async with AsyncClient.from_uri("tcp://127.0.0.1:\(port)") as client:
              await client.write_event(Describe().event())
              info = Info.from_event(await client.read_event())
              wake = info.wake[0]
              print(wake.name, ",".join(model.name for model in wake.models))
              await client.write_event(Detect().event())
              with wave.open("\(file)") as sound:
                  for chunk in wav_to_chunks(sound, 400, start_event=True, stop_event=True):
                      await client.write_event(chunk.event())
              for _ in range(4):
                  event = await client.read_event()
                  assert Detection.is_type(event.type), event
                  print(event.type, Detection.from_event(event).name)
              await client.write_event(AudioStart(rate=8000, width=2, channels=1).event())
              await client.write_event(AudioStop().event())
              event = await client.read_event()
              assert NotDetected.is_type(event.type), event
              print(event.type)

      asyncio.run(asyncio.wait_for(main(), 60))
      """
    let folder = TemporaryFolder()
    folder.write("client.py", text: program)
    return shell("python3 \(folder["client.py"]) 2>&1")
  }

  private static func shell(_ command: String) -> String {
    let stream = popen(command, "r")!
    defer { pclose(stream) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(stream), byte >= 0 { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

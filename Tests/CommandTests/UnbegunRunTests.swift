import Glibc
import TestSupport
import Testing

/// A training that ends before its first checkpoint, while it writes the decoded clips to a file,
/// holds up no other.
@Suite(.serialized) struct UnbegunRunTests {
  private let folder = TemporaryFolder()

  /// Two words of `clips` clips each, two sounds under many names.
  private func writeDataset(clips: Int) {
    for (word, pitch) in [("low", 350.0), ("top", 2_200)] {
      let tone = ToneDataset.wav(
        ToneDataset.tone(pitch, seconds: 0.25, seed: 1), sampleRate: ToneDataset.sampleRate)
      for clip in 0..<clips { folder.write("data/\(word)/s\(clip)_nohash_0.wav", tone) }
    }
  }

  private func start(_ data: String = "data") -> Program.Running {
    let arguments =
      ["train", data, "--out", "run", "--memory", "1", "--epochs", "1"] + CommandFixture.tiny
    return Program(in: folder.path).start(arguments: arguments.map { Array($0.utf8) })
  }

  /// A second signal leaves no time for good order.
  @Test(arguments: [[SIGINT], [SIGTERM], [SIGINT, SIGINT], [SIGTERM, SIGINT]])
  func aSignalLeavesNothing(_ signals: [Int32]) {
    writeDataset(clips: 1_500)
    let running = start()
    #expect(running.waits(for: "decoded clips:"))
    for signal in signals { running.send(signal) }
    let output = running.wait()
    #expect((output.code == 128 + SIGINT || output.code == 128 + SIGTERM), "\(output)")
    #expect(output.signal == nil && TemporaryFolder.names(in: folder.path) == ["data"])
  }

  @Test func theSameOutIsTakenAfterAKill() {
    writeDataset(clips: 1_500)
    let running = start()
    #expect(running.waits(for: "decoded clips:"))
    running.send(SIGKILL)
    _ = running.wait()
    #expect(TemporaryFolder.names(in: folder["run"]).allSatisfy { $0.hasPrefix("decoded.clips") })
    let resumed = Program(in: folder.path).run("train", "--resume", "run")
    #expect(resumed.code == 66 && resumed.isOneError, "\(resumed)")
    #expect(resumed.errors.contains("train again with --out run"))

    let again = Program(in: folder.path).run(
      arguments: (["train", CommandFixture.folder["tones"].string, "--out", "run", "--epochs", "1"]
        + CommandFixture.tiny).map { Array($0.utf8) })
    #expect(again.code == 0, "\(again)")
    let names = TemporaryFolder.names(in: folder["run"])
    #expect(names.contains("model.safetensors") && !names.contains { $0.contains("decoded") })
  }
}

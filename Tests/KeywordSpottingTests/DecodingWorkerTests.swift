import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Sound

/// Workers that die, made of shells; `IsolationTests` has real ones.
@Suite struct DecodingWorkerTests {
  private let folder = TemporaryFolder()

  /// What a reader says of a clip whose workers run `script`, in which `$0` is a file to note in.
  private func refusal(_ script: String) -> String? {
    let workers = DecodingWorkers(command: ["/bin/sh", "-c", script, folder["notes"].string])
    do throws(AudioError) {
      _ = try ClipReader(AudioDecoder(), workers: workers).read(folder["clip.wav"])
      return nil
    } catch { return "\(error)" }
  }

  /// Two workers tried.
  @Test(arguments: [
    ("kill -SEGV $$", "the decoder crashed (signal 11)"),
    ("kill -KILL $$", "the decoder was killed"),
    ("exit 1", "the decoder ended without an answer"),
  ]) func aClipThatKillsTwoWorkersIsRefused(_ script: String, _ reason: String) {
    #expect(refusal("echo >> $0; " + script)?.contains(reason) == true)
    #expect(TemporaryFolder.read(folder["notes"])?.count == 2)
  }

  /// The second would take as long.
  @Test func aClipThatTakesTooLongIsTriedOnce() {
    #expect(
      refusal("echo >> $0; kill -PROF $$")?.contains("after more than 3 s of processor time")
        == true)
    #expect(TemporaryFolder.read(folder["notes"])?.count == 1)
  }

  /// Its number belongs to the next file that is opened.
  @Test func theSocketIsClosedOnce() {
    var worker = DecodingWorker(["/bin/false"])
    #expect(worker?.end(limit: 3) != nil)
    let files = (0..<64).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
    worker = nil
    for file in files { #expect(close(file) == 0) }
  }
}

import Dispatch
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Training

@Suite struct RunFolderTests {
  private let folder = TemporaryFolder()

  @Test func runsAreNumberedAndLatestPointsToTheNewest() throws {
    let runs = folder["runs"]
    #expect(try RunFolder(next: "words", in: runs).path == runs.appending("words-1"))
    folder.makeFolder("runs/words-2")
    #expect(try RunFolder(next: "words", in: runs).path == runs.appending("words-3"))
    let newest = try RunFolder(next: "tones", in: runs)
    #expect(newest.path == runs.appending("tones-1"))
    folder.write("runs/tones-1/x", text: "1")
    // Only a run that has its model is the latest.
    #expect(TemporaryFolder.text(runs.appending("latest").appending("x")) == nil)
    newest.becomeLatest()
    #expect(TemporaryFolder.text(runs.appending("latest").appending("x")) == "1")
  }

  @Test func aRunIsNeverOverwritten() throws {
    let path = folder["a/b/run"]
    #expect(try RunFolder(creating: path).path == path)
    folder.write("a/b/run/checkpoint.safetensors", text: "x")
    #expect(throws: FileError.isThere(path)) { try RunFolder(creating: path) }
    folder.write("file", text: "x")
    #expect(throws: FileError.self) { try RunFolder(creating: folder["file/run"]) }
  }

  /// What a training leaves that was killed before its first checkpoint does not hold up the next.
  @Test func anUnbegunRunIsNothing() throws {
    let path = folder["run"]
    let half = "decoded.clips.7.kws-partial"
    let leftovers = [
      [], [half], ["decoded.clips"], ["ignored.csv", "skipped.csv.7.kws-partial"],
      ["skipped.csv", "ignored.csv", "config.json", "decoded.clips"],
    ]
    for names in leftovers {
      for name in names { folder.write("run/\(name)", text: "half") }
      folder.makeFolder("run")
      #expect(try RunFolder(creating: path).path == path, "\(names)")
      #expect(TemporaryFolder.names(in: path).isEmpty, "\(names)")
    }
  }

  @Test func whatIsNoUnbegunRunStays() throws {
    // A person's own, or a run that can go on.
    for names in [
      ["config.json"], ["x"], ["decoded.clips", "x"], ["decoded.clips", "checkpoint.safetensors"],
      ["ignored.csv", "metrics.csv"], ["folder/x"],
    ] {
      let own = TemporaryFolder()
      for name in names { own.write("run/\(name)", text: "half") }
      let there = TemporaryFolder.names(in: own["run"])
      #expect(throws: FileError.self, "\(names)") { try RunFolder(creating: own["run"]) }
      #expect(TemporaryFolder.names(in: own["run"]) == there)
    }
    folder.write("run/decoded.clips", text: "half")
    let lock = try RunLock(RunFolder(existing: folder["run"]))
    #expect(throws: FileError.self) { try RunFolder(creating: folder["run"]) }
    #expect(TemporaryFolder.names(in: folder["run"]) == ["decoded.clips"])
    withExtendedLifetime(lock) {}
  }

  /// 64 trainings that start at once get 64 folders.
  @Test func noTwoTrainingsShareAFolder() {
    let runs = folder["runs"]
    let paths = Mutex<Set<FilePath>>([])
    DispatchQueue.concurrentPerform(iterations: 64) { _ in
      let path = try! RunFolder(next: "words", in: runs).path
      paths.withLock { _ = $0.insert(path) }
    }
    #expect(paths.withLock { $0.count } == 64)
  }

  /// A training that begins clears what killed ones have left, but not what one at work writes.
  @Test func leftoversOfKilledTrainingsGo() throws {
    let runs = folder["runs"]
    for name in ["runs/a-1/model.safetensors.7.kws-partial", "runs/b-1/x.8.kws-partial"] {
      folder.write(name, text: "half")
    }
    // No process has a number above the system's limit of 2^22.
    folder.write("runs/latest.9999999.kws-partial", text: "")
    folder.write("runs/latest.\(getpid()).kws-partial", text: "")
    let lock = try RunLock(RunFolder(existing: folder["runs/b-1"]))
    _ = try RunFolder(next: "a", in: runs)
    #expect(
      TemporaryFolder.names(in: runs) == ["a-1", "a-2", "b-1", "latest.\(getpid()).kws-partial"])
    #expect(TemporaryFolder.names(in: folder["runs/a-1"]).isEmpty)
    #expect(TemporaryFolder.names(in: folder["runs/b-1"]) == ["x.8.kws-partial"])
    withExtendedLifetime(lock) {}
  }

  @Test func aFolderAtWorkIsRefused() throws {
    let run = try RunFolder(creating: folder["run"])
    var lock: RunLock? = try RunLock(run)
    #expect(throws: FileError.self) { try RunLock(run) }
    withExtendedLifetime(lock) {}
    lock = nil
    _ = try RunLock(run)
  }

  /// A child process has copies of all descriptors between its fork and its exec.
  @Test func aCopyOfTheDescriptorDoesNotKeepTheLock() throws {
    let run = try RunFolder(creating: folder["run"])
    var lock: RunLock? = try RunLock(run)
    let copy = dup(lock!.descriptor)
    defer { close(copy) }
    lock = nil
    _ = try RunLock(run)
  }
}

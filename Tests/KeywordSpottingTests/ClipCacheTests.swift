import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Recognition
@testable import Sound
@testable import Training

/// Clips beyond the budget of memory go to a file, which changes nothing and is never believed.
@Suite struct ClipCacheTests {
  /// None, some and all of the 24 clips of 2,000 samples fit: with the 14th the file begins.
  @Test(arguments: [0, 13 * 8_000, 24 * 8_000]) func theModelIsTheSameAtAnyBudget(
    _ budget: Int
  ) throws {
    var fixture = TrainingFixture()
    _ = try fixture.run("memory")
    for threads in [1, 3] {
      fixture.options.memory = budget
      fixture.options.threads = threads
      let files = Atomic(0)
      let name = "file\(threads)"
      _ = try fixture.run(
        name,
        report: { event in
          if case .caching = event { files.wrappingAdd(1, ordering: .relaxed) }
        })
      #expect(files.load(ordering: .relaxed) == (budget < 24 * 8_000 ? 1 : 0))
      #expect(fixture.model(name) == fixture.model("memory"))
      #expect(!names(fixture, name).contains("decoded.clips"), "a training that is over needs none")
    }
  }

  @Test func clipsThatAreCutAtTheirLoudestWindowAreTheSame() throws {
    var fixture = TrainingFixture(seconds: 0.75)
    fixture.options.maximumClipSeconds = 0.5
    _ = try fixture.run("memory")
    fixture.options.memory = 0
    _ = try fixture.run("file")
    #expect(fixture.model("file") == fixture.model("memory"))
  }

  /// Other sound in one channel is another clip.
  @Test func theChannelIsPartOfTheKey() {
    let keys = [nil, 1, 2].map { channel in
      ClipCacheKey.key([], AudioDecoder(sampleRate: 8_000, channel: channel), threads: 1)
    }
    #expect(Set(keys).count == 3)
  }

  @Test func aResumedTrainingReadsTheFile() throws {
    let fixture = try Self.interrupted()
    let file = fixture.folder["cut/decoded.clips"]
    // A file that is right in itself and has another sample: who reads it learns other things.
    var bytes = TemporaryFolder.read(file)!
    bytes[2] ^= 1
    let size = 24 * 2_000 * 4
    let samples = bytes[..<(2_000 * 4)].withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    let index = bytes[size...].withUnsafeBytes { raw in
      let entries = Array(
        UnsafeRawBufferPointer(rebasing: raw[..<(24 * MemoryLayout<ClipCache.Entry>.stride)])
          .bindMemory(to: ClipCache.Entry.self))
      return entries.firstIndex { $0.first == 0 }!
    }
    write(ContentHash.of(samples), to: &bytes, at: size + index * 24 + 16)
    let entries = Array(bytes[size..<(size + 24 * 24)])
    write(ContentHash.of(bytesOf: entries), to: &bytes, at: bytes.count - 8)
    TemporaryFolder.write(bytes, to: file)
    guard case .otherData? = fixture.resumeFailure("cut") else {
      Issue.record("the file was not read")
      return
    }
  }

  @Test(arguments: [0, Int.max]) func aResumedTrainingIsAsIfNeverStopped(_ memory: Int) throws {
    let fixture = try Self.interrupted()
    #expect(try resume(fixture, memory: memory).isEmpty)
    #expect(!names(fixture, "cut").contains("decoded.clips"))
  }

  /// Each damage is named, and the clips are decoded again.
  @Test(arguments: [
    (Damage.sample, "other samples than were written"), (.index, "its index is not"),
    (.key, "belongs to other clips"), (.count, "do not match its trailer"),
    (.magic, "its end is missing"), (.cut, "its end is missing"), (.short, "has only 7 bytes"),
    (.empty, "has only 0 bytes"),
  ]) func aDamagedFileIsMadeAnew(_ damage: Damage, _ words: String) throws {
    let fixture = try Self.interrupted()
    let file = fixture.folder["cut/decoded.clips"]
    var bytes = TemporaryFolder.read(file)!
    switch damage {
    case .sample: bytes[70_000] ^= 0x40
    case .index: bytes[24 * 8_000 + 30] ^= 1
    case .key: bytes[bytes.count - 32] ^= 1
    case .count: bytes[bytes.count - 24] ^= 1
    case .magic: bytes[bytes.count - 40] ^= 1
    case .cut: bytes.removeLast(1_000)
    case .short: bytes = Array(bytes[..<7])
    case .empty: bytes = []
    }
    TemporaryFolder.write(bytes, to: file)
    let warnings = try resume(fixture, memory: 0)
    #expect(warnings.count == 1 && warnings.first?.contains(words) == true, "\(warnings)")
  }

  enum Damage: Sendable { case sample, index, key, count, magic, cut, short, empty }

  /// Size and date stay as they were: only the content tells.
  @Test func aClipThatChangedIsNoticed() throws {
    let fixture = try Self.interrupted()
    let clip = fixture.data.appending("low").appending("speaker0_nohash_0.wav")
    var bytes = TemporaryFolder.read(clip)!
    var status = stat()
    #expect(clip.withPlatformString { stat($0, &status) } == 0)
    bytes[1_000] ^= 1
    TemporaryFolder.write(bytes, to: clip)
    let times = [status.st_atim, status.st_mtim]
    #expect(clip.withPlatformString { utimensat(AT_FDCWD, $0, times, 0) } == 0)
    guard case .otherData? = fixture.resumeFailure("cut") else {
      Issue.record("resumed with another clip")
      return
    }
  }

  @Test func clipsThatCannotBeReadAreReportedFromTheFileToo() throws {
    var fixture = TrainingFixture()
    fixture.options.allowsBad = true
    fixture.folder.write("tones/low/speaker0_nohash_9.wav", text: "no sound")
    let whole = try fixture.run("whole")
    fixture.options.memory = 0
    try fixture.interrupted("cut", afterSteps: 2)
    let folder = RunFolder(existing: fixture.folder["cut"])
    let outcome = try Training.resume(folder, threads: 2) { _ in }
    #expect(outcome.skipped.map(\.reason) == whole.skipped.map(\.reason))
    #expect(outcome.skipped.count == 1 && fixture.model("cut") == fixture.model("whole"))
  }

  @Test func aDatasetThatCannotBeUsedLeavesNoFolder() throws {
    var fixture = TrainingFixture()
    fixture.options.memory = 0
    for number in 0..<5 {
      fixture.folder.write("tones/low/x_nohash_\(number).wav", text: "no sound")
    }
    guard case .badClips? = fixture.failure() else {
      Issue.record("trained on bad clips")
      return
    }
    #expect(TemporaryFolder.names(in: fixture.folder.path) == ["tones"])
    let isCaching = Atomic(false)
    #expect(throws: TrainingError.self) {
      _ = try fixture.run(
        isCancelled: { isCaching.load(ordering: .relaxed) },
        report: { event in
          if case .caching = event { isCaching.store(true, ordering: .relaxed) }
        })
    }
    #expect(TemporaryFolder.names(in: fixture.folder.path) == ["tones"])
  }

  @Test func aFileCutShortWhileItIsReadIsAnError() throws {
    let folder = TemporaryFolder()
    var writer = try ClipCacheWriter(folder["f"])
    let first = try writer.append([1, 2, 3])
    let entries = [ClipCache.Entry(first: first, count: 3, hash: ContentHash.of([1, 2, 3]))]
    let cache = try writer.finish(entries, key: 5)
    #expect(try cache.samples(1..<3) == [2, 3])
    #expect(folder["f"].withPlatformString { truncate($0, 8) } == 0)
    #expect(throws: FileError.unreadable(folder["f"], reason: "it ends at byte 8, 4 too early")) {
      try cache.samples(0..<3)
    }
  }

  // 24 clips of 0.25 s at 8 kHz are trained and validated on: 16 of each word, a quarter of them
  // for the test.
  private static func interrupted() throws -> TrainingFixture {
    var fixture = TrainingFixture()
    _ = try fixture.run("whole")
    fixture.options.memory = 0
    try fixture.interrupted("cut", afterSteps: 7)
    return fixture
  }

  /// Goes on with `cut`, which must end as `whole` did, and gives the warnings.
  private func resume(_ fixture: TrainingFixture, memory: Int) throws -> [String] {
    let warnings = Mutex<[String]>([])
    _ = try Training.resume(
      RunFolder(existing: fixture.folder["cut"]), threads: 2, memory: memory
    ) { event in
      if case .warning(let text) = event { warnings.withLock { $0.append(text) } }
    }
    #expect(fixture.model("cut") == fixture.model("whole"))
    return warnings.withLock { $0 }
  }

  private func names(_ fixture: TrainingFixture, _ run: String) -> [String] {
    TemporaryFolder.names(in: fixture.folder[run])
  }

  private func write(_ word: UInt64, to bytes: inout [UInt8], at place: Int) {
    for byte in 0..<8 { bytes[place + byte] = UInt8(truncatingIfNeeded: word >> (8 * byte)) }
  }
}

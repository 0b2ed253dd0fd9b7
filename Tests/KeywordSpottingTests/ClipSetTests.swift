import Testing

@testable import Basics
@testable import Neural
@testable import Recognition

@Suite struct ClipSetTests {
  private func hashes(_ count: Int, seed: UInt64) -> [UInt64] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.next() }
  }

  /// The filter of format 1 took one strange clip of 2,000 for its own: some 500 of these.
  @Test(arguments: [0, 1, 2, 3, 1_000, 24_421]) func exactlyWhatWasAddedIsFound(_ count: Int) {
    let added = hashes(count, seed: 1)
    let set = ClipSet(added + added)
    #expect(set.count == count && added.allSatisfy(set.contains))
    #expect(!hashes(1_000_000, seed: 2).contains(where: set.contains))
  }

  /// A gap below 2^48 takes 35 bits at this size, and the documentation says five bytes.
  @Test func theSizeIsFiveBytesAClip() throws {
    let set = ClipSet(hashes(27_712, seed: 3))
    #expect(set.packed.count < 150_000)
    let million = ClipSet(hashes(1_000_000, seed: 4))
    #expect(million.packed.count < 5_000_000 && ClipSet(packed: million.packed) == million)
    #expect(!hashes(10_000, seed: 5).contains(where: million.contains))
  }

  @Test(arguments: [[], [0], [.max], [0, .max], [1 << 16, 2 << 16], [0, 1, 65_535, 65_536]])
  func packedBytesAreReadBack(_ hashes: [UInt64]) {
    let set = ClipSet(hashes)
    #expect(ClipSet(packed: set.packed) == set)
  }

  /// One set has one spelling: no cut number, none with a needless group, none beyond 48 bits.
  @Test func otherBytesAreRefused() {
    let full = [UInt8](repeating: 0xFF, count: 6)
    for bytes in [[0x80], [0x80, 0x00], [0, 0x81, 0x80], full + [0xFF, 0x01], full + [0x7F]] {
      #expect(ClipSet(packed: bytes) == nil, "\(bytes)")
    }
  }

  @Test func theGravestRoleCounts() {
    var history = ClipHistory()
    let clips = hashes(4, seed: 6)
    history.thresholds.clips = ClipSet(clips[0...2])
    history.selected.clips = ClipSet(clips[0...1])
    history.trained.clips = ClipSet(clips[0...0])
    #expect(clips.map { history.role(of: $0) } == [.trained, .selected, .thresholds, nil])
    var next = ClipHistory()
    next.inherit(history)
    // The start's thresholds are not taken over.
    #expect(clips.map { next.role(of: $0) } == [.trained, .selected, nil, nil])
  }
}

import Foundation
import Testing

@testable import Basics
@testable import Recognition

@Suite struct ClipFilterTests {
  private func hashes(_ count: Int, seed: UInt64) -> [UInt64] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.next() }
  }

  @Test(arguments: [1, 2, 3, 10, 1_000, 20_000]) func whatWasAddedIsFound(_ count: Int) {
    let added = hashes(count, seed: 1)
    let filter = ClipFilter(added)
    #expect(added.allSatisfy(filter.contains))
  }

  /// 16 bits a clip and 11 probes: (1 - e^(-11/16))^11 is 0.046% (Bloom 1970); of 100,000 strangers
  /// 46 are expected, and 90 lie more than six deviations away.
  @Test func fewStrangersAreFound() {
    let filter = ClipFilter(hashes(5_000, seed: 1))
    let wrong = hashes(100_000, seed: 2).count(where: filter.contains)
    #expect((5...90).contains(wrong), "\(wrong) of 100,000")
  }

  @Test func anEmptyFilterHoldsNothing() {
    #expect(hashes(100, seed: 3).allSatisfy { !ClipFilter([]).contains($0) })
  }

  /// More than 2^18 clips share 512 KiB, so that a model's header stays below its limit of 1 MiB.
  @Test func theSizeHasALimit() throws {
    let filter = ClipFilter(hashes(300_000, seed: 4))
    #expect(try JSONEncoder().encode(filter).count < 720_000)
  }

  @Test func aStoredFilterIsTheSame() throws {
    let filter = ClipFilter(hashes(100, seed: 5))
    let stored = try JSONEncoder().encode(filter)
    #expect(try JSONDecoder().decode(ClipFilter.self, from: stored) == filter)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(ClipFilter.self, from: Data("\"!\"".utf8))
    }
  }

  @Test func contentHashesTellClipsApart() {
    var seen: Set<UInt64> = []
    for index in 0..<2_000 {
      var samples = [Float](repeating: 0, count: 100)
      samples[index % 100] = Float(1 + index / 100) / 32_768
      seen.insert(ContentHash.of(samples))
    }
    for count in 0..<200 { seen.insert(ContentHash.of([Float](repeating: 0, count: count))) }
    #expect(seen.count == 2_200)
    // Written into models: the value must stay as it is.
    #expect(ContentHash.of([0, 0.5, -1]) == ContentHash.of([0, 0.5, -1]))
    #expect(ContentHash.of([0]) != ContentHash.of([-0.0]))
  }
}

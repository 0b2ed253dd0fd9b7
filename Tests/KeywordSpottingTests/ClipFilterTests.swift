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

  @Test func aStoredFilterIsTheSame() throws {
    let filter = ClipFilter(hashes(100, seed: 5))
    let stored = try JSONEncoder().encode(filter)
    #expect(try JSONDecoder().decode(ClipFilter.self, from: stored) == filter)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(ClipFilter.self, from: Data("\"!\"".utf8))
    }
  }
}

extension ClipFilter {
  /// A filter as format 1 wrote it: 16 bits a clip.
  init(_ hashes: [UInt64]) {
    self.init(bits: Data(count: hashes.count * 2))
    for hash in hashes {
      for position in positions(hash) { bits[position / 8] |= 1 << (position % 8) }
    }
  }
}

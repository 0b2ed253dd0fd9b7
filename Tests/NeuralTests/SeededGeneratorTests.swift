import Foundation
import Testing

@testable import Basics
@testable import Neural

@Suite struct SeededGeneratorTests {
  /// The reference: xoshiro256** and SplitMix64 as at https://prng.di.unimi.it, in Python; see
  /// Fixtures/make/seeded_generator.py.
  @Test func agreesWithTheReference() {
    var generator = SeededGenerator(seed: 42)
    #expect(
      (0..<4).map { _ in generator.next() } == [
        0x1578_0b2e_0c2e_c716, 0x6104_d986_6d11_3a7e, 0xae17_5332_39e4_99a1,
        0xecb8_ad47_03b3_60a1,
      ])
    var zero = SeededGenerator(seed: 0)
    #expect((0..<2).map { _ in zero.next() } == [0x99ec_5f36_cb75_f2b4, 0xbf6e_1f78_4956_452a])
  }

  @Test func childrenDependOnSeedAndIndexOnly() {
    var parent = SeededGenerator(seed: 7)
    let before = parent.child(3)
    _ = parent.next()
    #expect(parent.child(3) == before)
    #expect(parent.child(4) != before)
    #expect(SeededGenerator(seed: 8).child(3) != before)
    #expect(before.child(0) != parent.child(0))
  }

  /// 100,000 draws: the mean of a uniform number has deviation 0.0009, of a normal one 0.003; five
  /// deviations are allowed.
  @Test func distributions() {
    var generator = SeededGenerator(seed: 1)
    let count = 100_000
    let uniform = (0..<count).map { _ in generator.uniform() }
    #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(uniform.reduce(0, +) / Double(count) - 0.5) < 0.0046)
    let normal = (0..<count).map { _ in generator.normal() }
    #expect(normal.allSatisfy { $0.isFinite })
    #expect(abs(normal.reduce(0, +) / Double(count)) < 0.016)
    #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / Double(count) - 1) < 0.023)
    var counts = Array(repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.integer(below: 7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 470 })
  }

  /// Every order is as likely as any other: of 6,000 shuffles of three each of six orders has 1,000, with
  /// a deviation of 29.
  @Test func shuffleGivesEveryOrder() {
    var generator = SeededGenerator(seed: 9)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6_000 {
      var elements = [0, 1, 2]
      generator.shuffle(&elements)
      counts[elements, default: 0] += 1
    }
    #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 1_000) < 145 })
  }

  @Test func shuffleKeepsEveryElement() {
    var generator = SeededGenerator(seed: 5)
    var elements = Array(0..<100)
    generator.shuffle(&elements)
    #expect(elements != Array(0..<100))
    #expect(elements.sorted() == Array(0..<100))
  }
}

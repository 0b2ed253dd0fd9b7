import Testing

@testable import Sound

/// A word made of two.
@Suite struct SpliceTests {
  @Test func theMiddleOfTheEnergy() {
    #expect(energyMiddle([0, 0, 1, 1, 0, 0]) == 3)
    #expect(energyMiddle([3, 1, 1]) == 0)
    #expect(energyMiddle([0, 0]) == 2 && energyMiddle([]) == 0)
  }

  @Test func theBeginningOfOneAndTheEndOfTheOther() {
    let first = [Float](repeating: 1, count: 10)
    let second = [Float](repeating: 2, count: 20)
    #expect(
      spliced(first, second, crossfade: 0)
        == [Float](repeating: 1, count: 5) + [Float](repeating: 2, count: 10))
    let faded = spliced(first, second, crossfade: 2)
    #expect(faded.count == 15)
    #expect(Array(faded[2..<6]) == [1, 1.25, 1.75, 2])
  }

  @Test func silenceAndNothing() {
    #expect(spliced([0, 0], [1, 1], crossfade: 8).count == 3)
    #expect(spliced([], [], crossfade: 8).isEmpty)
  }
}

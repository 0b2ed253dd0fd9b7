import Testing

@testable import Recognition

@Suite struct ClipWindowTests {
  private let window = ClipWindow(minimumSeconds: 0.5, maximumSeconds: 1, hopSeconds: 0.25)

  /// From window to window it is whole frames, at least one and at most the window.
  @Test func theHopIsWholeFrames() {
    #expect(window.hop(sampleRate: 16_000, frameHop: 160) == 4_000)
    #expect(window.hop(sampleRate: 16_000, frameHop: 320) == 13 * 320)
    #expect(window.hop(sampleRate: 1_000, frameHop: 900) == 900)
    var single = window
    single.hopSeconds = 1
    #expect(single.hop(sampleRate: 1_000, frameHop: 300) == 900)
    single.hopSeconds = 0.01
    #expect(single.hop(sampleRate: 1_000, frameHop: 300) == 300)
  }

  @Test func shortClipsArePaddedOnBothSides() {
    #expect(window.padded([1, 2, 3], sampleRate: 16) == [0, 0, 1, 2, 3, 0, 0, 0])
    #expect(window.padded([], sampleRate: 4) == [0, 0])
    let long = [Float](repeating: 1, count: 8)
    #expect(window.padded(long, sampleRate: 16) == long)
  }

  @Test func theLoudestWindowHoldsTheSound() {
    var samples = [Float](repeating: 0.01, count: 5000)
    for index in 3200..<3900 { samples[index] = 0.5 }
    let range = window.loudestWindow(samples, sampleRate: 1000)
    #expect(range.count == 1000 && range.contains(3200) && range.contains(3899))
    #expect(window.loudestWindow([1, 2], sampleRate: 1000) == 0..<2)
    let even = [Float](repeating: 0.3, count: 2000)
    #expect(window.loudestWindow(even, sampleRate: 1000) == 0..<1000)
  }

  @Test func impossibleLengthsAreNamed() {
    #expect(window.problem == nil)
    let wrong: [(Double, Double, Double)] = [
      (-1, 1, 0.5), (2, 1, 0.5), (.nan, 1, 0.5), (0.5, .nan, 0.5), (0.5, .infinity, 1),
      (0.5, 61, 1), (0, 0, 0), (0.5, 1, 0), (0.5, 1, 2), (0.5, 1, .nan),
    ]
    for (minimum, maximum, hop) in wrong {
      let window = ClipWindow(minimumSeconds: minimum, maximumSeconds: maximum, hopSeconds: hop)
      #expect(window.problem != nil, "\(window)")
    }
  }
}

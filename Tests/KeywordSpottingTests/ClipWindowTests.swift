import Testing

@testable import Recognition

@Suite struct ClipWindowTests {
  private let window = ClipWindow(minimumSeconds: 0.5, maximumSeconds: 1, hopSeconds: 0.25)

  @Test func aClipThatFitsIsOneWindow() {
    for count in [0, 1, 999, 1000] {
      #expect(window.windows(sampleCount: count, sampleRate: 1000) == [0..<count])
    }
  }

  /// Every length from one sample too many: all samples are covered, all windows have the full
  /// length, starts rise by at most a hop, and the last window ends with the clip.
  @Test func windowsCoverLongClips() {
    for count in 1001...3000 {
      let windows = window.windows(sampleCount: count, sampleRate: 1000)
      #expect(windows.allSatisfy { $0.count == 1000 })
      #expect(windows.first?.lowerBound == 0 && windows.last?.upperBound == count)
      for (left, right) in zip(windows, windows.dropFirst()) {
        #expect(right.lowerBound > left.lowerBound && right.lowerBound - left.lowerBound <= 250)
      }
    }
    #expect(
      window.windows(sampleCount: 1300, sampleRate: 1000).map(\.lowerBound) == [0, 250, 300])
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

import Basics
import Datasets

/// Where windows of one recording may begin: none holds the middle of a keyword, so that at its edges
/// half a keyword may stand, which is none.
package struct NegativeWindows: Equatable, Sendable {
  /// Samples of a window, or of the recording where that is shorter.
  let length: Int
  /// Whether the recording is at most two windows long, as a clip is that was mined or kept because a
  /// model answered it.
  let isShort: Bool
  /// First samples that are allowed, rising.
  private let starts: [Range<Int>]
  /// How many they are.
  let count: Int

  /// The windows of a recording.
  ///
  /// - Parameters:
  ///   - sampleCount: Its samples.
  ///   - window: Samples of a window.
  ///   - words: Its keywords.
  ///   - sampleRate: In Hz.
  init(sampleCount: Int, window: Int, words: [LabelledWord], sampleRate: Int) {
    length = min(window, sampleCount)
    isShort = sampleCount <= 2 * length
    var starts: [Range<Int>] = []
    var first = 0
    let end = sampleCount - length + 1
    let middles = words.map { word in
      Int((word.seconds.lowerBound + word.seconds.upperBound) / 2 * Double(sampleRate))
    }
    for middle in middles.sorted() {
      // A window of these starts holds the middle: middle - length < start <= middle.
      let last = min(end, max(first, middle - length + 1))
      if first < last { starts.append(first..<last) }
      first = max(first, middle + 1)
    }
    if first < end { starts.append(first..<end) }
    self.starts = starts
    count = starts.reduce(0) { $0 + $1.count }
  }

  /// The samples of the window at one of `count` places.
  func range(at place: Int) -> Range<Int> {
    var place = place
    for range in starts {
      if place < range.count { return range.lowerBound + place..<range.lowerBound + place + length }
      place -= range.count
    }
    preconditionFailure("place \(place) beyond \(count) windows")
  }

  /// Windows for measuring: one in ten seconds at most, spread evenly.
  func spread(sampleRate: Int) -> [Range<Int>] {
    if count == 0 { return [] }
    let windows = max(1, min(200, count / (10 * sampleRate)))
    return (0..<windows).map { range(at: (2 * $0 + 1) * count / (2 * windows)) }
  }
}

import Basics
import Datasets

/// A decoded clip, ready for augmentation or the front end.
package struct LoadedClip: Sendable {
  /// What the training hears of it.
  package var samples: ClipSamples
  /// Names all its samples, as `ContentHash.of` gives it.
  var contentHash: UInt64
  var recording: Recording
}

/// The samples of a clip, mono and at the model's rate, in memory or in the run's cache.
package enum ClipSamples: Sendable {
  case memory([Float])
  /// Places among all the samples of the cache.
  case cached(ClipCache, Range<Int>)

  /// How many there are.
  package var count: Int {
    switch self {
    case .memory(let samples): samples.count
    case .cached(_, let range): range.count
    }
  }

  /// The samples themselves.
  package func read() throws(FileError) -> [Float] {
    switch self {
    case .memory(let samples): samples
    case .cached(let cache, let range): try cache.samples(range)
    }
  }

  /// A part of them; the rest is given back.
  func part(_ range: Range<Int>) -> ClipSamples {
    guard range.count < count else { return self }
    return switch self {
    case .memory(let samples): .memory(Array(samples[range]))
    case .cached(let cache, let whole):
      .cached(cache, whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound)
    }
  }
}

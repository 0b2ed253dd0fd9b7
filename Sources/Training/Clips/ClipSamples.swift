import Basics
import Datasets

/// A decoded clip, ready for augmentation or the front end.
package struct LoadedClip: Sendable {
  /// The samples that the training uses.
  package var samples: ClipSamples
  /// `ContentHash.of` all samples of the clip.
  var contentHash: UInt64
  var recording: Recording
}

/// The samples of a clip, mono and at the model's rate, in memory or in the run's cache.
package enum ClipSamples: Sendable {
  case memory([Float])
  /// Samples in the cache, with their range.
  case cached(ClipCache, Range<Int>)

  /// Number of samples.
  package var count: Int {
    switch self {
    case .memory(let samples): samples.count
    case .cached(_, let range): range.count
    }
  }

  /// Reads the samples.
  package func read() throws(FileError) -> [Float] {
    switch self {
    case .memory(let samples): samples
    case .cached(let cache, let range): try cache.samples(range)
    }
  }

  /// A part of the samples; the memory of the others is released.
  func part(_ range: Range<Int>) -> ClipSamples {
    guard range.count < count else { return self }
    return switch self {
    case .memory(let samples): .memory(Array(samples[range]))
    case .cached(let cache, let whole):
      .cached(cache, whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound)
    }
  }
}

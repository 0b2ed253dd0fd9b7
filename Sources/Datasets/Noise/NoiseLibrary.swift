import Basics
import Recognition
import Sound

/// Background noise, to mix into clips and to cut silence from.
///
/// Recordings are cut in time by `NoiseSegments`, so training, validation and testing never share a
/// second of them. Without recordings, all noise is synthetic (`SyntheticNoise`); for training some of it is in any
/// case, so that the network does not only know the few places of the recordings.
package struct NoiseLibrary: Sendable {
  /// Share of the silence clips that are digital zero.
  private static let zeroShare = 0.1
  /// Share of the noise for training that is synthetic where there are recordings.
  private static let syntheticShare = 1.0 / 3

  private struct Piece: Sendable {
    /// Mono, at the model's rate.
    var samples: [Float]
    var segments: NoiseSegments
  }

  private var pieces: [Piece] = []
  /// Recordings that cannot be read.
  package private(set) var skipped: [SkippedClip] = []

  /// Decodes the recordings of a dataset; `warn` is called for each that cannot be read.
  package init(_ recordings: [NoiseRecording], reader: ClipReader, warn: (String) -> Void) {
    for recording in recordings {
      do {
        let samples = try reader.read(recording.path).samples
        pieces.append(
          Piece(samples: samples, segments: recording.segments(sampleCount: samples.count)))
      } catch {
        warn("noise left out: \(error)")
        skipped.append(SkippedClip(path: recording.path.displayName, reason: error.description))
      }
    }
  }

  /// Number of recordings, readable or not.
  package var recordingCount: Int { pieces.count + skipped.count }

  /// The content hash of each readable recording, in order.
  package var contentHashes: [UInt64] { pieces.map { ContentHash.of($0.samples) } }

  /// `count` samples of noise from the part of the recordings that belongs to `split`.
  package func cut(_ count: Int, for split: Split, using generator: inout SeededGenerator)
    -> [Float]
  {
    let usable = pieces.filter { !$0.segments[split].isEmpty }
    guard !usable.isEmpty else { return SyntheticNoise.samples(count, using: &generator) }
    let piece = usable[generator.integer(below: usable.count)]
    let segment = piece.segments[split]
    let offset = generator.integer(below: max(1, segment.count - count + 1))
    // A segment that is shorter than the clip is repeated.
    return (0..<count).map { piece.samples[segment.lowerBound + (offset + $0) % segment.count] }
  }

  /// `count` samples of noise to train with: recorded or synthetic.
  package func background(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    generator.uniform() < Self.syntheticShare
      ? SyntheticNoise.samples(count, using: &generator)
      : cut(count, for: .training, using: &generator)
  }

  /// A clip of the silence class: noise at a random level, or digital zero.
  package func silence(_ count: Int, for split: Split, using generator: inout SeededGenerator)
    -> [Float]
  {
    guard generator.uniform() >= Self.zeroShare else {
      return [Float](repeating: 0, count: count)
    }
    let level = Float(generator.uniform())
    let noise =
      split == .training
      ? background(count, using: &generator) : cut(count, for: split, using: &generator)
    return noise.map { $0 * level }
  }
}

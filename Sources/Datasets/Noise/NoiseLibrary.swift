import Basics
import Recognition
import Sound

/// Background noise, to mix into clips and to cut silence from.
///
/// Recordings are cut in time by `NoiseSegments`, so training, validation and testing never share a
/// second of them. Without recordings, noise is generated: white noise through a one-pole low-pass
/// filter with a random cut-off frequency.
package struct NoiseLibrary: Sendable {
  /// Share of the silence clips that are digital zero.
  private static let zeroShare = 0.1

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
    guard !usable.isEmpty else { return Self.generated(count, using: &generator) }
    let piece = usable[generator.integer(below: usable.count)]
    let segment = piece.segments[split]
    let offset = generator.integer(below: max(1, segment.count - count + 1))
    // A segment that is shorter than the clip is repeated.
    return (0..<count).map { piece.samples[segment.lowerBound + (offset + $0) % segment.count] }
  }

  /// A clip of the silence class: noise at a random level, or digital zero.
  package func silence(_ count: Int, for split: Split, using generator: inout SeededGenerator)
    -> [Float]
  {
    guard generator.uniform() >= Self.zeroShare else {
      return [Float](repeating: 0, count: count)
    }
    let level = Float(generator.uniform())
    return cut(count, for: split, using: &generator).map { $0 * level }
  }

  /// Noise with a random spectrum, at a root mean square of 0.05 (26 dB below full scale).
  private static func generated(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    let pole = Float(generator.uniform()) * 0.98
    var state: Float = 0
    let scale = 0.05 * (1 - pole * pole).squareRoot() * Float(3).squareRoot()
    return (0..<count).map { _ in
      state = pole * state + scale * Float(generator.uniform(-1, 1))
      return state
    }
  }
}

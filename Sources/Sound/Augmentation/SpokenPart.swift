/// The part of a clip with speech, and its level.
package struct SpokenPart: Equatable, Sendable {
  /// Frames with less than this share of the loudest frame's energy count as silence: 30 dB below.
  private static let leastShare: Float = 1e-3
  /// Length of a frame, in seconds.
  private static let frame = 0.02

  /// From the first frame with sound to the last, in samples; all of a silent clip.
  package var range: Range<Int>
  /// Root mean square over the frames with sound.
  package var level: Float

  /// - Parameters:
  ///   - samples: The clip, mono.
  ///   - sampleRate: In Hz.
  package init(_ samples: [Float], sampleRate: Int) {
    let length = max(1, Int(Self.frame * Double(sampleRate)))
    let frames = stride(from: 0, to: samples.count, by: length).map { start in
      let part = samples[start..<min(samples.count, start + length)]
      return part.reduce(0) { $0 + $1 * $1 } / Float(part.count)
    }
    let least = (frames.max() ?? 0) * Self.leastShare
    let spoken = frames.indices.filter { frames[$0] > least }
    guard let first = spoken.first, let last = spoken.last else {
      (range, level) = (0..<samples.count, 0)
      return
    }
    range = first * length..<min(samples.count, (last + 1) * length)
    level = (spoken.reduce(0) { $0 + frames[$1] } / Float(spoken.count)).squareRoot()
  }
}

/// Where somebody speaks in a clip, and how loudly.
struct SpokenPart: Equatable, Sendable {
  /// Frames with less than this share of the loudest one's energy are taken for silence: 30 dB below.
  private static let leastShare: Float = 1e-3
  /// Length of a frame, in seconds.
  private static let frame = 0.02

  /// From the first frame that is no silence to the last, in samples; the whole of a silent clip.
  var range: Range<Int>
  /// Root mean square over the frames that are no silence.
  var level: Float

  init(_ samples: [Float], sampleRate: Int) {
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

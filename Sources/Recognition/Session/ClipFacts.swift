import Glibc

/// What a clip's samples alone say about the recording.
public struct ClipFacts: Codable, Equatable, Sendable {
  /// Length, in seconds.
  public var seconds: Double
  /// Root mean square over the whole clip, in dB of full scale; digital zero counts as -120.
  public var level: Double
  /// Estimated signal-to-noise ratio, in dB; nil where a clip is too short or has no noise at all.
  ///
  /// The power of the frame of 25 ms that 95% of the frames stay below, over that which 10% stay
  /// below: an estimate that needs no second recording, and that a steady sound leaves at 0 dB.
  public var signalToNoise: Double?

  /// Describes one clip.
  public init(seconds: Double, level: Double, signalToNoise: Double?) {
    self.seconds = seconds
    self.level = level
    self.signalToNoise = signalToNoise
  }

  /// Measures samples at a rate in Hz.
  public init(_ samples: [Float], sampleRate: Int) {
    precondition(sampleRate > 0, "a rate of \(sampleRate) Hz, expected above 0")
    seconds = Double(samples.count) / Double(sampleRate)
    let length = max(1, sampleRate / 40)
    var powers: [Double] = []
    var total = 0.0
    for start in stride(from: 0, to: samples.count, by: length) {
      let frame = samples[start..<min(samples.count, start + length)]
      var sum = 0.0
      for sample in frame { sum += Double(sample) * Double(sample) }
      total += sum
      // The last frame may be a few samples only, which say little.
      if frame.count == length { powers.append(sum / Double(length)) }
    }
    level = Self.decibels(total / Double(max(1, samples.count)))
    signalToNoise = nil
    guard powers.count >= 10 else { return }
    powers.sort()
    let noise = powers[powers.count / 10]
    let signal = powers[powers.count * 95 / 100]
    // Below the last bit of 16 there is no recorded noise, only digital silence.
    if noise > Self.leastNoise { signalToNoise = 10 * log10(signal / noise) }
  }

  /// The power of one step of 16-bit samples, -90 dB.
  private static let leastNoise = 1e-9

  /// The level of digital zero, in dB.
  package static let leastLevel = -120.0

  private static func decibels(_ power: Double) -> Double { max(leastLevel, 10 * log10(power)) }
}

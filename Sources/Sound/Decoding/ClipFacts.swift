import Glibc

/// Measures of a recording, taken from its samples alone.
public struct ClipFacts: Equatable, Sendable {
  /// Length, in seconds.
  public var seconds: Double
  /// Root mean square over the whole clip, in dB of full scale; digital zero counts as -120.
  public var level: Double
  /// Estimated signal-to-noise ratio, in dB; nil if the clip is too short or has no noise at all.
  ///
  /// The 95th percentile of the power of frames of 25 ms, over the 10th percentile. The estimate
  /// needs no second recording; a steady sound gives 0 dB.
  public var signalToNoise: Double?

  /// Wraps the measures of one clip.
  public init(seconds: Double, level: Double, signalToNoise: Double?) {
    self.seconds = seconds
    self.level = level
    self.signalToNoise = signalToNoise
  }

  /// Measures samples at a rate in Hz.
  public init(_ samples: [Float], sampleRate: Int) {
    var accumulator = Accumulator(sampleRate: sampleRate)
    accumulator.add(samples)
    self = accumulator.facts
  }

  /// The power of one step of 16-bit samples, -90 dB.
  fileprivate static let leastNoise = 1e-9

  /// The level of digital zero, in dB.
  package static let leastLevel = -120.0

  fileprivate static func decibels(_ power: Double) -> Double { max(leastLevel, 10 * log10(power)) }
}

extension ClipFacts {
  /// Measures samples that come in pieces; the result does not depend on the pieces.
  package struct Accumulator: Sendable {
    private let sampleRate: Int
    /// Length of a frame of 25 ms, in samples.
    private let length: Int
    private var count = 0
    /// Sums of squares: of all complete frames, and of the current frame.
    private var (total, sum) = (0.0, 0.0)
    /// Power of each frame.
    private var powers: [Double] = []

    /// An accumulator without samples, at a rate in Hz.
    package init(sampleRate: Int) {
      precondition(sampleRate > 0, "a rate of \(sampleRate) Hz, expected above 0")
      self.sampleRate = sampleRate
      length = max(1, sampleRate / 40)
    }

    /// Adds the next samples.
    package mutating func add(_ samples: [Float]) {
      var start = 0
      while start < samples.count {
        let end = min(samples.count, start + length - count % length)
        for sample in samples[start..<end] { sum += Double(sample) * Double(sample) }
        count += end - start
        start = end
        guard count % length == 0 else { return }
        powers.append(sum / Double(length))
        total += sum
        sum = 0
      }
    }

    /// The measures of all samples so far.
    package var facts: ClipFacts {
      var facts = ClipFacts(
        seconds: Double(count) / Double(sampleRate),
        // The last frame may be short: it counts for the level, but not for the noise.
        level: ClipFacts.decibels((total + sum) / Double(max(1, count))), signalToNoise: nil)
      guard powers.count >= 10 else { return facts }
      let sorted = powers.sorted()
      let noise = sorted[sorted.count / 10]
      let signal = sorted[sorted.count * 95 / 100]
      // Power below the last of 16 bits is digital silence, not recorded noise.
      if noise > ClipFacts.leastNoise { facts.signalToNoise = 10 * log10(signal / noise) }
      return facts
    }
  }
}

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
  /// Measures samples that come in pieces; the facts do not depend on how they were cut.
  package struct Accumulator: Sendable {
    private let sampleRate: Int
    /// Samples of a frame of 25 ms.
    private let length: Int
    private var count = 0
    /// Sums of squares: of all frames that are over, and of the one under way.
    private var (total, sum) = (0.0, 0.0)
    /// Power of each frame.
    private var powers: [Double] = []

    /// Nothing yet, at a rate in Hz.
    package init(sampleRate: Int) {
      precondition(sampleRate > 0, "a rate of \(sampleRate) Hz, expected above 0")
      self.sampleRate = sampleRate
      length = max(1, sampleRate / 40)
    }

    /// Takes in the next samples.
    package mutating func add(_ samples: [Float]) {
      for sample in samples {
        sum += Double(sample) * Double(sample)
        count += 1
        if count % length == 0 {
          powers.append(sum / Double(length))
          total += sum
          sum = 0
        }
      }
    }

    /// What the samples so far say.
    package var facts: ClipFacts {
      var facts = ClipFacts(
        seconds: Double(count) / Double(sampleRate),
        // The last frame may be a few samples only: they count for the level and say little of noise.
        level: ClipFacts.decibels((total + sum) / Double(max(1, count))), signalToNoise: nil)
      guard powers.count >= 10 else { return facts }
      let sorted = powers.sorted()
      let noise = sorted[sorted.count / 10]
      let signal = sorted[sorted.count * 95 / 100]
      // Below the last bit of 16 there is no recorded noise, only digital silence.
      if noise > ClipFacts.leastNoise { facts.signalToNoise = 10 * log10(signal / noise) }
      return facts
    }
  }
}

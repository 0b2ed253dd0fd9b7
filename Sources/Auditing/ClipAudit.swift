import Basics
import Glibc
import Sound

/// The measures of one clip in an audit, without samples.
struct ClipAudit: Sendable {
  var format: AudioFormat
  var facts: ClipFacts
  /// The largest sample, where full scale is 1.
  var peak: Float
  /// Number of samples in runs of three or more at the peak, if the peak is near full scale.
  var clipped: Int
  /// Mean of the samples.
  var offset: Double
  /// Power of the first and of the last 20 ms, in dB of the loudest 20 ms.
  var edges: (first: Double, last: Double)
  var contentHash: UInt64
  /// Fingerprints of the whole clip, and of the part around its loudest moment, which is the same
  /// in a shifted copy.
  var fingerprint: EnvelopeFingerprint
  var anchored: EnvelopeFingerprint
  /// The loudest moment, in seconds.
  var anchor: Double

  init(_ clip: Clip) {
    let samples = clip.samples
    format = clip.source
    facts = ClipFacts(samples, sampleRate: clip.sampleRate)
    peak = samples.reduce(0) { max($0, abs($1)) }
    clipped = Self.clipped(samples, peak: peak)
    offset = samples.reduce(0.0) { $0 + Double($1) } / Double(max(1, samples.count))
    edges = Self.edges(samples, length: max(1, clip.sampleRate / 50))
    contentHash = ContentHash.of(samples)
    fingerprint = EnvelopeFingerprint(samples, samples.indices)
    let loudest = Self.loudest(samples, length: max(1, clip.sampleRate / 50))
    anchor = Double(loudest) / Double(clip.sampleRate)
    let reach = Int(EnvelopeFingerprint.reachSeconds * Double(clip.sampleRate))
    anchored = EnvelopeFingerprint(samples, loudest - reach..<loudest + reach)
  }

  /// The middle of the `length` adjacent samples with the most power.
  private static func loudest(_ samples: [Float], length: Int) -> Int {
    var power = 0.0
    var (most, best) = (-1.0, 0)
    for index in samples.indices {
      power += Double(samples[index]) * Double(samples[index])
      if index >= length {
        power -= Double(samples[index - length]) * Double(samples[index - length])
      }
      if power > most { (most, best) = (power, index) }
    }
    return max(0, best - length / 2)
  }

  /// An overdriven recorder repeats the largest value; a single sample at it is not proof.
  private static func clipped(_ samples: [Float], peak: Float) -> Int {
    guard peak >= 0.9 else { return 0 }
    let limit = peak * 0.9999
    var count = 0
    var run = 0
    for sample in samples + [0] {
      if abs(sample) >= limit {
        run += 1
      } else {
        if run >= 3 { count += run }
        run = 0
      }
    }
    return count
  }

  private static func edges(_ samples: [Float], length: Int) -> (first: Double, last: Double) {
    guard samples.count >= 3 * length else { return (-120, -120) }
    func power(_ start: Int) -> Double {
      samples[start..<start + length].reduce(1e-12) { $0 + Double($1) * Double($1) }
    }
    var loudest = 0.0
    for start in stride(from: 0, through: samples.count - length, by: length) {
      loudest = max(loudest, power(start))
    }
    return (
      10 * log10(power(0) / loudest), 10 * log10(power(samples.count - length) / loudest)
    )
  }
}

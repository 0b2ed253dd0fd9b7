import Glibc
import Sound

/// What an audit keeps of one clip: numbers, no sound.
struct ClipAudit: Sendable {
  var format: AudioFormat
  var facts: ClipFacts
  /// Largest sample, where full scale is 1.
  var peak: Float
  /// Samples in runs of three or more at the peak, which is near full scale.
  var clipped: Int
  /// Mean of the samples.
  var offset: Double
  /// Power of the first and of the last 20 ms, in dB of the loudest 20 ms.
  var edges: (first: Double, last: Double)
  var contentHash: UInt64
  var fingerprint: EnvelopeFingerprint

  init(_ clip: Clip) {
    let samples = clip.samples
    format = clip.source
    facts = ClipFacts(samples, sampleRate: clip.sampleRate)
    peak = samples.reduce(0) { max($0, abs($1)) }
    clipped = Self.clipped(samples, peak: peak)
    offset = samples.reduce(0.0) { $0 + Double($1) } / Double(max(1, samples.count))
    edges = Self.edges(samples, length: max(1, clip.sampleRate / 50))
    contentHash = ContentHash.of(samples)
    fingerprint = EnvelopeFingerprint(samples)
  }

  /// A recorder that is driven too hard holds the largest value; one sample at it is no proof.
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

/// Sixty-four signs of a clip's envelope: equal, but for a few, for copies at another level, rate
/// or codec; a copy that is shifted in time is not recognised.
struct EnvelopeFingerprint: Hashable, Sendable {
  let bits: UInt64

  init(_ samples: [Float]) {
    var energies = [Double](repeating: 0, count: 65)
    for index in 0..<65 {
      let part = samples[samples.count * index / 65..<samples.count * (index + 1) / 65]
      for sample in part { energies[index] += Double(sample) * Double(sample) }
    }
    bits = (0..<64).reduce(0) { $0 << 1 | (energies[$1 + 1] > energies[$1] ? 1 : 0) }
  }

  func distance(to other: Self) -> Int { (bits ^ other.bits).nonzeroBitCount }

  /// Four pieces: fingerprints that differ in three bits or fewer share at least one.
  var pieces: [UInt32] {
    (0..<4).map { UInt32($0) << 16 | UInt32(bits >> (16 * UInt64($0)) & 0xFFFF) }
  }
}

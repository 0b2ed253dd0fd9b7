/// Sixty-four signs of a sound's envelope.
///
/// In copies at another level, rate or codec only a few differ.
struct EnvelopeFingerprint: Hashable, Sendable {
  /// An anchored fingerprint covers this time on each side, in seconds.
  static let reachSeconds = 0.32

  let bits: UInt64

  /// Computes the fingerprint of a range of samples, which may extend beyond both ends.
  init(_ samples: [Float], _ range: Range<Int>) {
    var energies = [Double](repeating: 0, count: 65)
    for index in 0..<65 {
      let start = range.lowerBound + range.count * index / 65
      let end = range.lowerBound + range.count * (index + 1) / 65
      let part = samples[max(0, min(samples.count, start))..<max(0, min(samples.count, end))]
      for sample in part { energies[index] += Double(sample) * Double(sample) }
    }
    bits = (0..<64).reduce(0) { $0 << 1 | (energies[$1 + 1] > energies[$1] ? 1 : 0) }
  }

  func distance(to other: Self) -> Int { (bits ^ other.bits).nonzeroBitCount }

  /// Up to four pieces; fingerprints that differ in at most three bits have at least one piece in
  /// common.
  ///
  /// Pieces of digital silence are left out, because they are equal in all clips.
  var pieces: [UInt32] {
    (0..<4).map { UInt32($0) << 16 | UInt32(bits >> (16 * UInt64($0)) & 0xFFFF) }
      .filter { $0 & 0xFFFF != 0 }
  }
}

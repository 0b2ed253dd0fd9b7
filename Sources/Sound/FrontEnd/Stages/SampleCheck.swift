/// Refuses clips whose features could not be finite.
enum SampleCheck {
  /// Samples beyond this are no audio, and their power might overflow: 2^20, +-1 being full scale.
  static let limit: Float = 1_048_576

  /// - Throws: ``FrontEndError/sampleOutOfRange(sample:value:)`` for the first bad sample.
  static func check(_ samples: [Float]) throws(FrontEndError) {
    // Not finite numbers have the largest exponents, so that one comparison of bits finds all; as
    // a sum of carries it runs in vectors.
    var carries: UInt32 = 0
    let carry = 0x8000_0000 - limit.bitPattern
    for sample in samples { carries |= (sample.bitPattern & 0x7FFF_FFFF) &+ carry }
    guard carries >= 0x8000_0000 else { return }
    let index = samples.firstIndex { !(abs($0) < limit) }!
    throw .sampleOutOfRange(sample: index, value: samples[index])
  }
}

/// Refuses clips whose features could not be finite.
enum SampleCheck {
  /// Samples beyond this are not audio, and their power might overflow: 2^20, where +-1 is full
  /// scale.
  static let limit: Float = 1_048_576

  /// - Parameters:
  ///   - samples: A clip, or a piece of it.
  ///   - first: Index in the clip of the piece's first sample.
  /// - Throws: ``FrontEndError/sampleOutOfRange(sample:value:)`` for the first bad sample.
  static func check(_ samples: Span<Float>, first: Int = 0) throws(FrontEndError) {
    // Numbers that are not finite have the largest exponents, so one comparison of bits finds all.
    // As a sum of carries the loop is vectorised; the bounds checks of a span would prevent that.
    let carry = 0x8000_0000 - limit.bitPattern
    let carries = samples.withUnsafeBufferPointer { samples in
      samples.reduce(UInt32(0)) { $0 | (($1.bitPattern & 0x7FFF_FFFF) &+ carry) }
    }
    guard carries >= 0x8000_0000 else { return }
    let index = samples.indices.first { !(abs(samples[$0]) < limit) }!
    throw .sampleOutOfRange(sample: first + index, value: samples[index])
  }
}

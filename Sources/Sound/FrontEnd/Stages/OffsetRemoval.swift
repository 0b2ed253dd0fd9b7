/// Subtracts a frame's mean from it.
struct OffsetRemoval: Stage {
  /// Nil if the options keep the offset.
  init?(_ options: FrontEndOptions) {
    guard options.removesOffset else { return nil }
  }

  var lookahead: Lookahead { .frames(0) }

  /// Subtracts the mean in place.
  ///
  /// The sum runs in order in single precision, as Kaldi's does: for a constant frame only the
  /// rounding error of its mean is left, which is visible in the logarithm.
  func apply(to frame: inout MutableSpan<Float>) {
    var sum: Float = 0
    for n in frame.indices { sum += frame[n] }
    let mean = sum / Float(frame.count)
    for n in frame.indices { frame[n] -= mean }
  }
}

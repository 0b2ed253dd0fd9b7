/// Subtracts a frame's mean from it.
struct OffsetRemoval: Stage {
  /// Nil when the options leave frames where they are.
  init?(_ options: FrontEndOptions) {
    guard options.removesOffset else { return nil }
  }

  var lookahead: Lookahead { .frames(0) }

  /// Works in place.
  ///
  /// The sum runs in order in single precision, as Kaldi's does: a constant frame
  /// leaves only the rounding of its mean, and the logarithm shows that.
  func apply(to frame: inout MutableSpan<Float>) {
    var sum: Float = 0
    for n in frame.indices { sum += frame[n] }
    let mean = sum / Float(frame.count)
    for n in frame.indices { frame[n] -= mean }
  }
}

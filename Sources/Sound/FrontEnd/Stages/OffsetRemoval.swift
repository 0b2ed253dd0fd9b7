/// Subtracts a frame's mean from it.
enum OffsetRemoval {
  /// Works in place.
  ///
  /// The sum runs in order in single precision, as Kaldi's does: a constant frame
  /// leaves only the rounding of its mean, and the logarithm shows that.
  static func apply(to frame: inout MutableSpan<Float>) {
    var sum: Float = 0
    for n in frame.indices { sum += frame[n] }
    let mean = sum / Float(frame.count)
    for n in frame.indices { frame[n] -= mean }
  }
}

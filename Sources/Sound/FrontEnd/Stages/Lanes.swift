/// One number for each of eight frames.
///
/// From the spectrum to the cosine transform, frames go eight at a time, one in each lane of a
/// vector: the formulas read as they would for one frame, and the processor does several at once.
/// What a frame becomes does not depend on the frames beside it.
typealias Lanes = SIMD8<Float>

extension Lanes {
  /// Number of frames that go together.
  static let count = 8

  /// Number of blocks that hold so many frames.
  static func blocks(frames: Int) -> Int { (frames + count - 1) / count }
}

/// One number for each of eight frames.
///
/// From the spectrum to the cosine transform, eight frames are processed at once, one in each lane
/// of a vector; the formulas look the same as for one frame. The result of a frame does not depend
/// on the frames beside it.
typealias Lanes = SIMD8<Float>

extension Lanes {
  /// Number of frames in a block.
  static let count = 8

  /// Number of blocks for a number of frames.
  static func blocks(frames: Int) -> Int { (frames + count - 1) / count }
}

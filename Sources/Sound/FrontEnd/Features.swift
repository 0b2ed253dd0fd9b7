/// Feature frames of one clip.
public struct Features: Equatable, Sendable {
  /// Number of frames, T.
  public let frameCount: Int
  /// Number of features per frame, F.
  public let featureCount: Int
  /// (T, F), one frame after the other.
  public var values: [Float]

  /// Wraps values of shape (T, F).
  public init(frameCount: Int, featureCount: Int, values: [Float]) {
    precondition(
      values.count == frameCount * featureCount,
      "\(values.count) values are not \(frameCount) x \(featureCount)")
    self.frameCount = frameCount
    self.featureCount = featureCount
    self.values = values
  }

  /// The features of one frame.
  public subscript(frame: Int) -> ArraySlice<Float> {
    values[frame * featureCount..<(frame + 1) * featureCount]
  }
}

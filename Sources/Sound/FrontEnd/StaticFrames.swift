/// Cepstral frames before the stages that depend on a clip's edges: slopes, clip mean and
/// normalisation.
///
/// Overlapping windows share these frames. ``FrontEnd/Stream`` makes them, and
/// ``FrontEnd/features(of:in:)`` turns those of a window into its features.
public struct StaticFrames: Equatable, Sendable {
  /// Number of coefficients per frame, C.
  public let coefficients: Int
  /// (T, C), one frame after the other.
  public internal(set) var values: [Float] = []

  /// An empty list of frames for `options`.
  public init(_ options: FrontEndOptions) { coefficients = options.coefficients }

  /// Number of frames, T.
  public var count: Int { values.count / coefficients }

  /// Removes the oldest frames.
  public mutating func removeFirst(_ count: Int) { values.removeFirst(count * coefficients) }
}

/// Cepstral frames without what depends on a clip's edges: slopes, clip mean and normalisation are
/// still to come.
///
/// The frames that overlapping windows share. ``FrontEnd/Stream`` makes them, and
/// ``FrontEnd/features(of:in:)`` turns those of a window into its features.
public struct StaticFrames: Equatable, Sendable {
  /// Number of coefficients a frame, C.
  public let coefficients: Int
  /// (T, C), one frame after the other.
  public internal(set) var values: [Float] = []

  /// No frames yet, of a recipe.
  public init(_ options: FrontEndOptions) { coefficients = options.coefficients }

  /// Number of frames, T.
  public var count: Int { values.count / coefficients }

  /// Drops the oldest frames, which no window needs any more.
  public mutating func removeFirst(_ count: Int) { values.removeFirst(count * coefficients) }
}

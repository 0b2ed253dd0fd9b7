/// A clip that could not be evaluated.
public struct SkippedClip: Codable, Equatable, Sendable {
  /// The clip, relative to the dataset's root.
  public var path: String
  /// The reason as text.
  public var reason: String

  /// Makes a skipped clip.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

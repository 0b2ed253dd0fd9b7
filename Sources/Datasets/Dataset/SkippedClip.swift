/// A clip that was to be evaluated and was not.
public struct SkippedClip: Codable, Equatable, Sendable {
  /// The clip, relative to the dataset's root.
  public var path: String
  /// Why, in words.
  public var reason: String

  /// Describes one skipped clip.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

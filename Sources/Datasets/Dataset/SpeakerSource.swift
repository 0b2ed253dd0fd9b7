/// How it is known who speaks.
public enum SpeakerSource: Equatable, Sendable {
  /// It is not.
  case unknown
  /// A column of the manifest.
  case manifest
  /// What stands before `_nohash_` in the files' names.
  case names
  /// Folders within those of the words.
  case folders
  /// A pattern that the person, or an earlier training, gave.
  case pattern(String)
  /// A pattern that fits the files' names.
  case guess(String)

  /// The pattern, given or guessed.
  public var pattern: String? {
    switch self {
    case .pattern(let pattern), .guess(let pattern): pattern
    default: nil
    }
  }
}

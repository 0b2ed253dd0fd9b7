/// How the speakers are known.
public enum SpeakerSource: Equatable, Sendable {
  /// They are not known.
  case unknown
  /// A column of the manifest.
  case manifest
  /// The part of the file names before `_nohash_`.
  case names
  /// Folders within the word folders.
  case folders
  /// A pattern from the user or from an earlier training.
  case pattern(String)
  /// A pattern guessed from the file names.
  case guess(String)

  /// The pattern, given or guessed.
  public var pattern: String? {
    switch self {
    case .pattern(let pattern), .guess(let pattern): pattern
    default: nil
    }
  }
}

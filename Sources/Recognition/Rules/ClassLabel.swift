/// The labels of the classes that are not keywords.
public enum ClassLabel {
  /// The class of all other words.
  public static let unknown = "_unknown_"
  /// The class of clips without speech.
  public static let silence = "_silence_"

  /// Whether a class is a keyword, not unknown or silence.
  public static func isKeyword(_ label: String) -> Bool { label != unknown && label != silence }
}

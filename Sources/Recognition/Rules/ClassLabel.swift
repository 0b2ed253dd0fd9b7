/// The names of the classes that are no words.
public enum ClassLabel {
  /// The class of words that are not among those asked for.
  public static let unknown = "_unknown_"
  /// The class of clips without speech.
  public static let silence = "_silence_"

  /// Whether a class is a word to be spotted, and not unknown or silence.
  public static func isKeyword(_ label: String) -> Bool { label != unknown && label != silence }
}

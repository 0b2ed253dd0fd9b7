extension Dataset {
  /// Whether a class is a word to be spotted, and not unknown or silence.
  public static func isKeyword(_ label: String) -> Bool {
    label != unknownLabel && label != silenceLabel
  }

  /// The folder's own name, for people.
  public var name: String {
    root.lexicallyNormalized().lastComponent.map { Array($0.string.utf8).displayName } ?? "dataset"
  }
}

extension Dataset {
  /// The folder's own name, for people.
  public var name: String {
    root.lexicallyNormalized().lastComponent.map { Array($0.string.utf8).displayName } ?? "dataset"
  }
}

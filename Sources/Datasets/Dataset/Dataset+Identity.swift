import SystemPackage

extension Dataset {
  /// The folder's own name, for people.
  public var name: String {
    root.lexicallyNormalized().lastComponent.map { FilePath(root: nil, [$0]).displayName }
      ?? "dataset"
  }
}

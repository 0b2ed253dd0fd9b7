import SystemPackage

extension Dataset {
  /// The name of the folder, for people.
  public var name: String {
    root.lexicallyNormalized().lastComponent.map { FilePath(root: nil, [$0]).displayName }
      ?? "dataset"
  }
}

import SystemPackage

/// The files of the project that tests read.
public enum Repository {
  /// The project's folder.
  public static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent()

  /// Its Fixtures folder.
  public static let fixtures = root.appending("Fixtures")
}

/// The program's version, as `kws --version` prints it and models record it.
public enum Version {
  /// Semantic version.
  public static let current = "0.1.0"
}

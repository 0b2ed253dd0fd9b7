/// Limits of audio files, checked against the header.
public enum AudioLimits {
  /// Supported sample rates, in Hz.
  public static let sampleRates = 1_000...768_000
  /// Supported channel counts.
  public static let channelCounts = 1...64
  /// Larger samples count as damage: float files hold +-1, or by mistake +-32768.
  static let largestSample: Float = 65_536
}

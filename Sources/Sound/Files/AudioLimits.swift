/// What audio may be at most, before a header is believed.
public enum AudioLimits {
  /// Rates that are read, in Hz.
  public static let sampleRates = 1_000...768_000
  /// Channel counts that are read.
  public static let channelCounts = 1...64
  /// Larger samples are taken for damage: float files hold +-1, by mistake at most +-32768.
  static let largestSample: Float = 65_536
}

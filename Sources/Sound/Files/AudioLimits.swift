/// Limits of audio files, checked against the header.
public enum AudioLimits {
  /// Supported sample rates, in Hz.
  public static let sampleRates = 1_000...768_000
  /// Supported channel counts.
  public static let channelCounts = 1...64
  /// Refuses the first sample that cannot be audio.
  ///
  /// - Parameters:
  ///   - samples: Interleaved.
  ///   - name: Where they come from, in messages.
  ///   - channels: Samples of a frame.
  ///   - before: Samples that came before these.
  /// - Throws: ``AudioError/notFinite(name:frame:)`` or ``AudioError/tooLoud(name:frame:value:)``.
  package static func check(
    _ samples: some Collection<Float>, name: String, channels: Int, before: Int
  ) throws(AudioError) {
    // A NaN compares false, so that it is caught as well.
    guard let index = samples.firstIndex(where: { !(abs($0) <= largestSample) }) else { return }
    let place = before + samples.distance(from: samples.startIndex, to: index)
    let value = samples[index]
    throw value.isFinite
      ? .tooLoud(name: name, frame: place / channels, value: value)
      : .notFinite(name: name, frame: place / channels)
  }

  /// Larger samples count as damage: float files hold +-1, or by mistake +-32768.
  static let largestSample: Float = 65_536
}

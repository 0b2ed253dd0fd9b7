/// The format of sound from a pipe or a device.
///
/// A frame here is one sample of each channel.
public struct StreamFormat: Equatable, Sendable {
  /// Sample rate, in Hz.
  public var sampleRate: Int
  /// Number of channels.
  public var channels: Int

  /// Creates a format, which must lie within `AudioLimits`.
  public init(sampleRate: Int, channels: Int) {
    precondition(
      AudioLimits.sampleRates.contains(sampleRate),
      "\(sampleRate) Hz is outside \(AudioLimits.sampleRates)")
    precondition(
      AudioLimits.channelCounts.contains(channels),
      "\(channels) channels are outside \(AudioLimits.channelCounts)")
    (self.sampleRate, self.channels) = (sampleRate, channels)
  }
}

/// Frames of sound as they come from a pipe or a device: a frame is a sample of each channel.
public struct StreamFormat: Equatable, Sendable {
  /// Frames per second, in Hz.
  public var sampleRate: Int
  /// Samples of a frame.
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

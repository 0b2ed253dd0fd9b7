/// The format of a file before mixing and resampling, as the decoder found it.
public struct AudioFormat: Codable, Equatable, Sendable {
  /// The container, such as "WAV", "FLAC", "Ogg".
  public var container: String
  /// The codec, such as "16-bit PCM", "A-law", "Opus".
  public var encoding: String
  /// Sample rate as decoded, in Hz; Ogg Opus decodes at the rate written in its header.
  public var sampleRate: Int
  /// Channels per frame.
  public var channels: Int
  /// Number of decoded frames, not the number in the header.
  public var frames: Int

  /// Length of the recording, in seconds.
  public var seconds: Double { Double(frames) / Double(sampleRate) }

  /// Describes the format of a recording.
  public init(container: String, encoding: String, sampleRate: Int, channels: Int, frames: Int) {
    self.container = container
    self.encoding = encoding
    self.sampleRate = sampleRate
    self.channels = channels
    self.frames = frames
  }
}

import Sound

/// What was heard in one clip.
public struct Classification: Sendable {
  /// The answer after thresholds.
  public var label: String
  /// (C), in the order of the model's labels, of the window that answers.
  public var probabilities: [Float]
  /// Start and end of the window that answers, in seconds.
  public var window: ClosedRange<Double>
  /// How many windows the clip was read in.
  public var windowCount: Int
  /// The posterior of the class that is most probable.
  public var probability: Float { probabilities.max()! }
  /// The clip as it stands in the file.
  public var source: AudioFormat
  /// Names the audio that was heard, as `ContentHash.of` gives it.
  public var contentHash: UInt64
}

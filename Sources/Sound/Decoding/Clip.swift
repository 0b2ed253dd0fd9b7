/// One recording in memory: a single channel at a single rate.
public struct Clip: Equatable, Sendable {
  /// One value a sample; full scale of integer formats is +-1, float formats may exceed it.
  public var samples: [Float]
  /// Samples per second, in Hz.
  public var sampleRate: Int
  /// The file as it was before mixing and resampling.
  public var source: AudioFormat

  /// Length of the clip, in seconds.
  public var seconds: Double { Double(samples.count) / Double(sampleRate) }

  /// Creates a clip from samples in memory.
  public init(samples: [Float], sampleRate: Int, source: AudioFormat) {
    self.samples = samples
    self.sampleRate = sampleRate
    self.source = source
  }
}

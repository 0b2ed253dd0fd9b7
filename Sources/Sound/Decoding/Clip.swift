/// One recording in memory: a single channel at a single rate.
public struct Clip: Equatable, Sendable {
  /// The samples; full scale of integer formats is +-1, and float formats may exceed it.
  public var samples: [Float]
  /// Samples per second, in Hz.
  public var sampleRate: Int
  /// The format of the file before mixing and resampling.
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

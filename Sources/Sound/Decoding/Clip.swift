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

  /// Makes a clip of samples in memory.
  ///
  /// - Parameters:
  ///   - samples: Mono, where full scale is +-1.
  ///   - sampleRate: Samples per second, in Hz. To a model, samples are given at its own rate:
  ///     `model.frontEnd.sampleRate`.
  ///   - source: The format of the file that they are of; nil for samples that are of no file.
  public init(samples: [Float], sampleRate: Int, source: AudioFormat? = nil) {
    self.samples = samples
    self.sampleRate = sampleRate
    self.source =
      source
      ?? AudioFormat(
        container: "samples", encoding: "float", sampleRate: sampleRate, channels: 1,
        frames: samples.count)
  }
}

import Glibc

/// The power of a clip over time and frequency, for pictures.
///
/// At most a thousand frames of 20 ms with a Hann window; models do not use it.
public struct Spectrogram: Sendable {
  /// Frames, left to right.
  public let frameCount: Int
  /// Fourier bins, from 0 Hz up to half the sample rate.
  public let binCount: Int
  /// (frameCount, binCount), in dB of the loudest, from -`range` to 0.
  public let decibels: [Float]
  /// Range shown below the loudest value, in dB.
  public static let range: Float = 70

  /// The spectrogram of samples at a rate in Hz; samples shorter than a frame are padded with
  /// zeros.
  public init(_ samples: [Float], sampleRate: Int) {
    precondition(sampleRate >= 100, "a rate of \(sampleRate) Hz, expected 100 or more")
    let length = sampleRate / 50
    var transform = 2
    while transform < length { transform *= 2 }
    let rest = max(0, samples.count - length)
    let hop = max(length / 4, rest / 1_000 + 1)
    frameCount = 1 + rest / hop
    binCount = transform / 2 + 1
    let spectrum = Spectrum(length: transform, window: WindowShape.hann.values(count: length))
    var power = [Lanes](repeating: Lanes(), count: binCount)
    var values: [Float] = []
    values.reserveCapacity(frameCount * binCount)
    for first in stride(from: 0, to: frameCount, by: Lanes.count) {
      let frames = first..<min(frameCount, first + Lanes.count)
      for lane in 0..<Lanes.count {
        let start = min((first + lane) * hop, samples.count)
        let found = Array(samples[start..<min(samples.count, start + length)])
        let frame = found + [Float](repeating: 0, count: length - found.count)
        spectrum.load(frame.span, lane: lane)
      }
      spectrum.power(into: &power)
      for lane in frames.indices { values += power.map { $0[lane - first] } }
    }
    // The minimum keeps digital silence dark.
    let loudest = max(values.max() ?? 0, 1e-9)
    decibels = values.map { max(-Self.range, 10 * log10f(max($0, 1e-20) / loudest)) }
  }
}

import Glibc

/// The power of a clip over time and frequency, to be looked at.
///
/// Frames of 20 ms, a thousand or fewer of them, with a Hann window; not what a model hears.
public struct Spectrogram: Sendable {
  /// Frames, left to right.
  public let frameCount: Int
  /// Fourier bins, from 0 Hz up to half the sample rate.
  public let binCount: Int
  /// (frameCount, binCount), in dB of the loudest, from -`range` to 0.
  public let decibels: [Float]
  /// What is shown below the loudest, in dB.
  public static let range: Float = 70

  /// The spectrogram of samples at a rate in Hz; samples shorter than a frame are filled up with
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
    let window = WindowShape.hann.values(count: length)
    let spectrum = Spectrum(length: transform)
    var power = [Float](repeating: 0, count: binCount)
    var values: [Float] = []
    values.reserveCapacity(frameCount * binCount)
    for frame in 0..<frameCount {
      var windowed = [Float](repeating: 0, count: length)
      for index in 0..<length where frame * hop + index < samples.count {
        windowed[index] = samples[frame * hop + index] * window[index]
      }
      spectrum.power(of: windowed, into: &power)
      values += power
    }
    // Digital silence shows as silence, not as its own maximum.
    let loudest = max(values.max() ?? 0, 1e-9)
    decibels = values.map { max(-Self.range, 10 * log10f(max($0, 1e-20) / loudest)) }
  }
}

import Basics
import Sound

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Synthetic noise, for places that nobody has recorded: coloured, at times with resonances as of
/// engines and pipes, at times of a changing level.
///
/// The level is a root mean square of 0.05, 26 dB below full scale.
enum SyntheticNoise {
  /// `count` samples of a new noise.
  ///
  /// - Parameters:
  ///   - count: Number of samples.
  ///   - generator: Draws the spectrum, the changes of the level, and the samples.
  /// - Returns: The samples.
  static func samples(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    var samples = coloured(count, using: &generator)
    for _ in 0..<(generator.uniform() < 0.5 ? 0 : 1 + generator.integer(below: 3)) {
      addResonance(to: &samples, using: &generator)
    }
    if generator.uniform() < 0.5 { changeLevel(of: &samples, using: &generator) }
    let power = meanPower(samples)
    let scale = power > 0 ? 0.05 / power.squareRoot() : 0
    for index in samples.indices { samples[index] *= scale }
    return samples
  }

  /// White noise through a filter with one pole, y[n] = p y[n-1] + x[n].
  ///
  /// From hiss (p < 0) over white noise to rumble (p near 1).
  private static func coloured(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    let pole = Float(generator.uniform(-0.6, 0.99))
    let scale = (1 - pole * pole).squareRoot()
    var state: Float = 0
    return (0..<count).map { _ in
      state = pole * state + scale * Float(generator.uniform(-1, 1))
      return state
    }
  }

  /// Adds what a filter with a pair of poles makes of the noise, y[n] = x[n] + 2 r cos(w) y[n-1] - r^2 y[n-2].
  ///
  /// The narrower, the more it sounds like a tone.
  private static func addResonance(
    to samples: inout [Float], using generator: inout SeededGenerator
  ) {
    // Frequencies evenly by octaves, from 1/200 to 1/2 of half the rate.
    let angle = Float.pi / 200 * powf(100, Float(generator.uniform()))
    let radius = 1 - powf(10, Float(generator.uniform(-3, -1)))
    let level = Float(generator.uniform())
    let (first, second) = (2 * radius * cosf(angle), -radius * radius)
    // Of white noise, near enough, it keeps the power.
    let scale = level * (1 - radius).squareRoot() * 2
    var (one, two): (Float, Float) = (0, 0)
    for index in samples.indices {
      let value = samples[index] + first * one + second * two
      (one, two) = (value, one)
      samples[index] += scale * value
    }
  }

  /// Multiplies by a level that goes up and down, by straight lines in dB between points at random
  /// distances: from the rattle of 500 samples to the swell of 8,000.
  private static func changeLevel(
    of samples: inout [Float], using generator: inout SeededGenerator
  ) {
    let depth = generator.uniform(0, 20)
    let longest = 500 * powf(16, Float(generator.uniform()))
    var level = Float(generator.uniform(-depth, depth))
    var place = 0
    while place < samples.count {
      let length = 50 + generator.integer(below: Int(longest))
      let next = Float(generator.uniform(-depth, depth))
      // A constant factor a sample is a straight line in dB.
      let step = amplitude(decibels: (next - level) / Float(length))
      var factor = amplitude(decibels: level)
      for index in place..<min(samples.count, place + length) {
        samples[index] *= factor
        factor *= step
      }
      (level, place) = (next, place + length)
    }
  }
}

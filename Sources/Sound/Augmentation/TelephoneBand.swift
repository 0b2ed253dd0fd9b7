import Glibc

/// A simulated telephone line: 300 to 3,400 Hz and eight bits of mu-law (ITU-T G.711).
enum TelephoneBand {
  /// The band, in Hz.
  static let band = 300.0...3_400.0
  /// Parameter of the mu-law curve.
  private static let mu: Float = 255

  /// `samples` over the telephone, of the same length.
  static func applied(to samples: [Float], sampleRate: Int) -> [Float] {
    var changed = samples
    // Two second-order sections for each edge: Butterworth filters of fourth order.
    for quality in [0.541_196_1, 1.306_563_0] {
      Biquad.highPass(band.lowerBound, quality, sampleRate).apply(to: &changed)
      // At low rates the clip has no content above the band.
      if band.upperBound < 0.45 * Double(sampleRate) {
        Biquad.lowPass(band.upperBound, quality, sampleRate).apply(to: &changed)
      }
    }
    return changed.map(companded)
  }

  /// A sample encoded in mu-law of eight bits and decoded again; beyond full scale it is clipped.
  static func companded(_ sample: Float) -> Float {
    let level = log1pf(mu * min(1, abs(sample))) / log1pf(mu)
    let quantised = (level * 127).rounded() / 127
    return copysignf((powf(1 + mu, quantised) - 1) / mu, sample)
  }
}

/// A filter of second order: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''.
///
/// Coefficients from R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter
/// coefficients".
struct Biquad {
  private var b0, b1, b2, a1, a2: Double

  /// A high-pass filter from `frequency`, in Hz.
  static func highPass(_ frequency: Double, _ quality: Double, _ sampleRate: Int) -> Biquad {
    make(frequency, quality, sampleRate) { cosine in ((1 + cosine) / 2, -(1 + cosine)) }
  }

  /// A low-pass filter up to `frequency`, in Hz.
  static func lowPass(_ frequency: Double, _ quality: Double, _ sampleRate: Int) -> Biquad {
    make(frequency, quality, sampleRate) { cosine in ((1 - cosine) / 2, 1 - cosine) }
  }

  private static func make(
    _ frequency: Double, _ quality: Double, _ sampleRate: Int,
    numerator: (Double) -> (outer: Double, middle: Double)
  ) -> Biquad {
    let angle = 2 * Double.pi * frequency / Double(sampleRate)
    let alpha = sin(angle) / (2 * quality)
    let (outer, middle) = numerator(cos(angle))
    let norm = 1 + alpha
    return Biquad(
      b0: outer / norm, b1: middle / norm, b2: outer / norm,
      a1: -2 * cos(angle) / norm, a2: (1 - alpha) / norm)
  }

  /// Filters in place, with zeros before the first sample.
  func apply(to samples: inout [Float]) {
    // Transposed direct form II.
    var (first, second) = (0.0, 0.0)
    for index in samples.indices {
      let sample = Double(samples[index])
      let output = b0 * sample + first
      first = b1 * sample - a1 * output + second
      second = b2 * sample - a2 * output
      samples[index] = Float(output)
    }
  }
}

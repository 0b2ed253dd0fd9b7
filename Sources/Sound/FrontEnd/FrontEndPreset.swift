/// A named recipe; all but `kws` follow another toolkit's defaults.
public enum FrontEndPreset: String, Codable, CaseIterable, Sendable {
  /// Our own: the best for recognition.
  case kws
}

extension FrontEndOptions {
  /// The options of a preset at a sample rate in Hz.
  public init(preset: FrontEndPreset, sampleRate: Int) {
    switch preset {
    case .kws: self = .kws(sampleRate: sampleRate)
    }
  }

  /// Our own recipe: 30 ms Hann windows every 10 ms, 40 HTK mel bands from 20 Hz to 7600 Hz (or 95%
  /// of the Nyquist frequency), ln(power + 1e-6), all 40 coefficients of an orthonormal DCT.
  static func kws(sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    options.sampleRate = sampleRate
    options.windowLength = (sampleRate * 30 + 500) / 1000
    options.hopLength = (sampleRate * 10 + 500) / 1000
    options.fftLength = powerOfTwo(atLeast: options.windowLength)
    options.binWidth = Double(sampleRate) / Double(options.fftLength)
    options.lastBin = options.fftLength / 2
    options.highFrequency = min(7_600, 0.95 * Double(sampleRate) / 2)
    return options
  }

  /// The least power of two that is not below `length`.
  static func powerOfTwo(atLeast length: Int) -> Int {
    var power = 1
    while power < length { power *= 2 }
    return power
  }
}

import Glibc

/// Mel bands computed in single precision, as two toolkits do.
///
/// The weights differ from those of ``MelTriangle`` by up to 1e-5 of a band's height. That shows in
/// the logarithm of a weak band whose edge lies in a strong part of the spectrum.
enum SingleMelTriangle {
  /// (bands, bins): weights of the bins from `firstBin` to `lastBin`.
  static func rows(_ options: FrontEndOptions) -> [[Float]] {
    options.melTriangles == .mel ? kaldi(options) : torchaudio(options)
  }

  // Kaldi: 1127 ln(1 + f / 700), triangles over mel, corners at low + n * step.
  private static func kaldi(_ options: FrontEndOptions) -> [[Float]] {
    func mel(_ frequency: Float) -> Float { 1127 * logf(1 + frequency / 700) }
    let low = mel(Float(options.lowFrequency))
    let step = (mel(Float(options.highFrequency)) - low) / Float(options.melBands + 1)
    let width = Float(options.binWidth)
    let places = (options.firstBin...options.lastBin).map { mel(width * Float($0)) }
    return (0..<options.melBands).map { band in
      let (left, centre, right) = (
        low + Float(band) * step, low + Float(band + 1) * step, low + Float(band + 2) * step
      )
      return places.map { place in
        guard place > left && place < right else { return 0 }
        return place <= centre
          ? (place - left) / (centre - left) : (right - place) / (right - centre)
      }
    }
  }

  // torchaudio: 2595 log10(1 + f / 700), triangles over Hz, corners and bins by torch.linspace.
  private static func torchaudio(_ options: FrontEndOptions) -> [[Float]] {
    func mel(_ frequency: Double) -> Double { 2595 * log10(1 + frequency / 700) }
    let corners = linspace(
      Float(mel(options.lowFrequency)), Float(mel(options.highFrequency)), options.melBands + 2
    ).map { 700 * (Float(pow(10, Double($0 / 2595))) - 1) }
    let nyquist = Float(options.binWidth * Double(options.fftLength / 2))
    let places = linspace(0, nyquist, options.binCount)[options.firstBin...options.lastBin]
    return (0..<options.melBands).map { band in
      let (left, centre, right) = (corners[band], corners[band + 1], corners[band + 2])
      return places.map { place in
        max(0, min((place - left) / (centre - left), (right - place) / (right - centre)))
      }
    }
  }

  /// Evenly spaced values, computed from the nearer end with one rounding each, as in PyTorch on
  /// processors with a fused multiply-add.
  private static func linspace(_ start: Float, _ end: Float, _ count: Int) -> [Float] {
    let step = (end - start) / Float(count - 1)
    return (0..<count).map {
      $0 < count / 2
        ? start.addingProduct(step, Float($0)) : end.addingProduct(-step, Float(count - 1 - $0))
    }
  }
}

/// Turns power spectra into what the recipe takes of them.
enum SpectrumScale {
  /// |X|^2 to |X| or |X|^2 / N, in place.
  static func apply(_ kind: SpectrumKind, fftLength: Int, to power: inout [Lanes]) {
    switch kind {
    case .power: break
    case .magnitude: for bin in power.indices { power[bin] = power[bin].squareRoot() }
    case .periodogram: for bin in power.indices { power[bin] /= Float(fftLength) }
    }
  }
}

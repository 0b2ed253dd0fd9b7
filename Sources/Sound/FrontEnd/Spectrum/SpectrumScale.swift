/// Turns power spectra into the kind of spectrum that the options ask for.
struct SpectrumScale: Stage {
  private let kind: SpectrumKind
  private let fftLength: Int

  init(_ options: FrontEndOptions) {
    kind = options.spectrum
    fftLength = options.fftLength
  }

  var lookahead: Lookahead { .frames(0) }

  /// |X|^2 to |X| or |X|^2 / N, in place.
  func apply(to power: inout [Lanes]) {
    switch kind {
    case .power: break
    case .magnitude: for bin in power.indices { power[bin] = power[bin].squareRoot() }
    case .periodogram: for bin in power.indices { power[bin] /= Float(fftLength) }
    }
  }
}

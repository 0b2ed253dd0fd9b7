/// Energy of each frame; its logarithm replaces the first coefficient.
struct FrameEnergy: Stage {
  /// Whether the energy is that of the samples, not of the spectrum.
  let isOfSamples: Bool
  private let coefficients: Int

  /// Nil if the first coefficient stays.
  init?(_ options: FrontEndOptions) {
    guard options.energy != .none else { return nil }
    isOfSamples = options.energy == .frame
    coefficients = options.coefficients
  }

  var lookahead: Lookahead { .frames(0) }

  /// Sum of squares of a frame's samples.
  func sumOfSquares(_ frame: borrowing MutableSpan<Float>) -> Float {
    var sum: Float = 0
    for n in frame.indices { sum += frame[n] * frame[n] }
    return sum
  }

  /// Sum over all bins of a power spectrum.
  func sum(_ spectrum: [Lanes]) -> Lanes {
    var sum = Lanes()
    for bin in spectrum.indices { sum += spectrum[bin] }
    return sum
  }

  /// Writes the (T) logarithms of energy into the first column of (T, coefficients).
  func replaceFirst(of cepstra: inout [Float], by energies: [Lanes]) {
    for t in 0..<cepstra.count / coefficients {
      cepstra[t * coefficients] = energies[t / Lanes.count][t % Lanes.count]
    }
  }
}

/// Energy of each frame, whose logarithm may take the place of the first coefficient.
enum FrameEnergy {
  /// Sum of squares of a frame's samples.
  static func sumOfSquares(_ frame: borrowing MutableSpan<Float>) -> Float {
    var sum: Float = 0
    for n in frame.indices { sum += frame[n] * frame[n] }
    return sum
  }

  /// Sum over all bins of a spectrum, which holds squares already.
  static func sum(_ spectrum: [Lanes]) -> Lanes {
    var sum = Lanes()
    for bin in spectrum.indices { sum += spectrum[bin] }
    return sum
  }

  /// Puts (T) logarithms of energy in the first column of (T, coefficients).
  static func replaceFirst(
    of cepstra: inout [Float], coefficients: Int, by energies: [Lanes]
  ) {
    for t in 0..<cepstra.count / coefficients {
      cepstra[t * coefficients] = energies[t / Lanes.count][t % Lanes.count]
    }
  }

  /// Moves the first column of (T, coefficients) behind the others.
  static func moveFirstLast(of cepstra: inout [Float], coefficients: Int) {
    for start in stride(from: 0, to: cepstra.count, by: coefficients) {
      let first = cepstra[start]
      for k in 1..<coefficients { cepstra[start + k - 1] = cepstra[start + k] }
      cepstra[start + coefficients - 1] = first
    }
  }
}

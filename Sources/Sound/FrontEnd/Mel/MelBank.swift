/// Triangular mel bands over Fourier bins; only nonzero weights are stored.
struct MelBank: Stage {
  /// The weights of all bands, one band after the other.
  private let weights: [Float]
  /// For each band, its first bin and the range of its weights.
  private let bands: [(firstBin: Int, start: Int, end: Int)]

  /// Computes the bands; see ``FrontEndOptions`` for each number.
  init(_ options: FrontEndOptions) {
    var weights: [Float] = []
    let rows =
      options.melPrecision == .single
      ? SingleMelTriangle.rows(options) : MelTriangle.rows(options)
    bands = rows.map { row in
      let start = weights.count
      guard let first = row.firstIndex(where: { $0 > 0 }),
        let last = row.lastIndex(where: { $0 > 0 })
      else { return (0, start, start) }
      weights += row[first...last]
      return (options.firstBin + first, start, weights.count)
    }
    self.weights = weights
  }

  var lookahead: Lookahead { .frames(0) }

  /// Indices of the bands into which no bin falls.
  var emptyBands: [Int] { bands.indices.filter { bands[$0].start == bands[$0].end } }

  /// Turns the spectrum (bins) of eight frames into energies (bands), stored from `place` on.
  func apply(to spectrum: [Lanes], into energies: inout [Lanes], at place: Int) {
    for (index, band) in bands.enumerated() {
      var sum = Lanes()
      for offset in 0..<band.end - band.start {
        sum += weights[band.start + offset] * spectrum[band.firstBin + offset]
      }
      energies[place + index] = sum
    }
  }
}

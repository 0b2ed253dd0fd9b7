/// Changes a clip's mel bands as if the speaker had another vocal tract length (vocal tract length
/// perturbation, Jaitly and Hinton 2013).
enum VocalTract {
  /// The band at frequency f gets the clip's energy at `factor` times f, so a factor above 1 lowers
  /// the formants.
  ///
  /// Beyond the outermost bands, their energy is used.
  static func lengthen(
    by factor: Float, _ energies: inout BandEnergies, _ options: FrontEndOptions
  ) {
    precondition(factor > 0 && factor.isFinite, "a vocal tract \(factor) times as long")
    guard factor != 1 else { return }
    let bands = options.melBands
    let sources = sources(factor, options)
    for start in stride(from: 0, to: energies.bands.count, by: bands) {
      let block = Array(energies.bands[start..<start + bands])
      for (band, source) in sources.enumerated() {
        let above = min(source.lower + 1, bands - 1)
        energies.bands[start + band] =
          (1 - source.share) * block[source.lower] + source.share * block[above]
      }
    }
  }

  /// For each band, the lower of the two bands to interpolate between, and the weight of the upper
  /// one.
  private static func sources(
    _ factor: Float, _ options: FrontEndOptions
  ) -> [(lower: Int, share: Float)] {
    let scale = options.melScale
    let corners = MelTriangle.corners(options)
    let step = corners[1] - corners[0]
    return corners.dropFirst().dropLast().map { middle in
      let frequency = Double(factor) * scale.frequency(middle)
      let place = (scale.mel(frequency) - corners[0]) / step - 1
      let inside = min(Double(options.melBands - 1), max(0, place))
      return (Int(inside), Float(inside - inside.rounded(.down)))
    }
  }
}

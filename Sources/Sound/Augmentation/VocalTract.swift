/// A clip's mel bands as another length of vocal tract would give them (vocal tract length
/// perturbation, Jaitly and Hinton 2013).
enum VocalTract {
  /// The band at a frequency f takes the energy that the clip has at `factor` times f, so a factor
  /// above 1 lowers the formants; beyond the outermost bands, their energy goes on.
  static func lengthen(
    by factor: Float, _ energies: inout BandEnergies, _ options: FrontEndOptions
  ) {
    precondition(factor > 0 && factor.isFinite, "a vocal tract \(factor) times as long")
    guard factor != 1 else { return }
    let bands = options.melBands
    let sources = (0..<bands).map { source(ofBand: $0, factor, options) }
    for start in stride(from: 0, to: energies.bands.count, by: bands) {
      let block = Array(energies.bands[start..<start + bands])
      for (band, source) in sources.enumerated() {
        let above = min(source.lower + 1, bands - 1)
        energies.bands[start + band] =
          (1 - source.share) * block[source.lower] + source.share * block[above]
      }
    }
  }

  /// The two bands between which lies what `band` takes: the lower one, and the share of the other.
  private static func source(
    ofBand band: Int, _ factor: Float, _ options: FrontEndOptions
  ) -> (lower: Int, share: Float) {
    let scale = options.melScale
    let lowest = scale.mel(options.lowFrequency)
    let step = (scale.mel(options.highFrequency) - lowest) / Double(options.melBands + 1)
    let frequency = Double(factor) * scale.frequency(lowest + Double(band + 1) * step)
    let place = (scale.mel(frequency) - lowest) / step - 1
    let inside = min(Double(options.melBands - 1), max(0, place))
    return (Int(inside), Float(inside - inside.rounded(.down)))
  }
}

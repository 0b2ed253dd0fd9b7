/// A transform that gives the power spectra of eight frames at a time.
protocol PowerSpectrum: AnyObject, Stage {
  /// Multiplies one frame by the window and stores it in a lane.
  func load(_ frame: Span<Float>, lane: Int)
  /// Fills a lane without a frame with zeros.
  func clear(lane: Int)
  /// |X|^2 of every lane, for the bins from 0 Hz to the Nyquist frequency.
  func power(into power: inout [Lanes])
}

extension PowerSpectrum {
  var lookahead: Lookahead { .frames(0) }
}

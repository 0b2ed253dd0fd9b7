/// What gives the power spectra of eight frames at a time.
protocol PowerSpectrum: AnyObject, Stage {
  /// Takes one frame, times the window, into a lane.
  func load(_ frame: Span<Float>, lane: Int)
  /// Puts silence into a lane that has no frame.
  func clear(lane: Int)
  /// |X|^2 of every lane, for the bins from 0 Hz to the Nyquist frequency.
  func power(into power: inout [Lanes])
}

extension PowerSpectrum {
  var lookahead: Lookahead { .frames(0) }
}

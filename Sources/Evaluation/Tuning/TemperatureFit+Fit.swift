import Recognition

extension TemperatureFit {
  /// With fewer clips than this the temperature stays 1, because the error of the fit would be
  /// larger than its benefit.
  static let fewestClips = 50

  /// Fits on held-out clips; nil if there are too few, in all or in one half.
  package init?(_ clips: HeldOutLogits) {
    let halves = (0..<2).map(clips.half)
    guard clips.examples.count >= Self.fewestClips,
      halves.allSatisfy({ $0.examples.count >= 10 })
    else { return nil }
    var crossed = WeightedCalibration()
    halves[0].add(to: &crossed, temperature: halves[1].bestTemperature)
    halves[1].add(to: &crossed, temperature: halves[0].bestTemperature)
    var plain = WeightedCalibration()
    clips.add(to: &plain, temperature: 1)
    self.init(
      temperature: clips.bestTemperature, clips: clips.examples.count,
      crossedError: crossed.expectedError, plainError: plain.expectedError)
  }
}

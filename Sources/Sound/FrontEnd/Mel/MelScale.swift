import Glibc

extension MelScale {
  // Slaney: 200 / 3 Hz a mel up to 1000 Hz (15 mel), then a factor of 6.4 in 27 mel.
  private static let linearStep = 200.0 / 3
  private static let breakFrequency = 1_000.0
  private static let logStep = log(6.4) / 27

  /// The mel value of a frequency in Hz.
  func mel(_ frequency: Double) -> Double {
    switch self {
    case .htk: 1127 * log1p(frequency / 700)
    case .slaney:
      frequency < Self.breakFrequency
        ? frequency / Self.linearStep
        : Self.breakFrequency / Self.linearStep
          + log(frequency / Self.breakFrequency) / Self.logStep
    }
  }

  /// The frequency in Hz of a mel value.
  func frequency(_ mel: Double) -> Double {
    let breakMel = Self.breakFrequency / Self.linearStep
    return switch self {
    case .htk: 700 * expm1(mel / 1127)
    case .slaney:
      mel < breakMel
        ? mel * Self.linearStep : Self.breakFrequency * exp((mel - breakMel) * Self.logStep)
    }
  }
}

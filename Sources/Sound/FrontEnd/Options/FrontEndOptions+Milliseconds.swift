extension FrontEndOptions {
  /// Length of one analysis window, in milliseconds, rounded to a sample.
  ///
  /// Setting it also sets the length of the Fourier transform to the next power of two.
  public var windowMilliseconds: Double {
    get { Double(windowLength) * 1000 / Double(sampleRate) }
    set {
      let length = Self.samples(newValue, at: sampleRate)
      guard length != windowLength else { return }
      let binsLeftOut = fftLength / 2 - lastBin
      windowLength = length
      fftLength = Self.powerOfTwo(atLeast: windowLength)
      binWidth = Double(sampleRate) / Double(fftLength)
      lastBin = fftLength / 2 - binsLeftOut
    }
  }

  /// Distance between two frames, in milliseconds, rounded to a sample.
  public var hopMilliseconds: Double {
    get { Double(hopLength) * 1000 / Double(sampleRate) }
    set { hopLength = Self.samples(newValue, at: sampleRate) }
  }

  /// An invalid length becomes 0 samples, which `validate` refuses.
  private static func samples(_ milliseconds: Double, at rate: Int) -> Int {
    let samples = (milliseconds * Double(rate) / 1000).rounded()
    return samples >= 0 && samples < 1e9 ? Int(samples) : 0
  }
}

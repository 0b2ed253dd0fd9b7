extension FrontEndOptions {
  /// Checks the options, alone and together.
  /// - Throws: ``FrontEndError/invalidOption(name:problem:)`` for the first invalid one.
  public func validate() throws(FrontEndError) {
    if let (name, problem) = Self.stored.problem(in: self) {
      throw .invalidOption(name: name, problem: problem)
    }
    try validateTransform()
    try validateBands()
    try require(
      coefficients <= melBands, "coefficients",
      "\(coefficients) are more than the \(melBands) mel bands")
  }

  private func validateTransform() throws(FrontEndError) {
    try require(fftLength.isMultiple(of: 2), "fftLength", "\(fftLength) samples is not even")
    try require(
      precision == .single || fftLength.nonzeroBitCount == 1, "fftLength",
      "\(fftLength) samples is no power of two, which precision \(precision) needs")
    try require(
      windowLength <= fftLength, "fftLength",
      "\(fftLength) samples is shorter than the window of \(windowLength); "
        + "the rest of the window would be lost")
    let width = Double(sampleRate) / Double(fftLength)
    try require(
      abs(binWidth - width) <= 0.01 * width, "binWidth",
      "\(binWidth) Hz is more than 1% from \(sampleRate) / \(fftLength) = \(width)")
    try require(
      lastBin <= fftLength / 2, "lastBin",
      "\(lastBin) is above \(fftLength / 2), the last of \(fftLength) samples")
    try require(firstBin <= lastBin, "lastBin", "\(lastBin) is below the first bin, \(firstBin)")
  }

  private func validateBands() throws(FrontEndError) {
    try require(
      highFrequency <= Double(sampleRate) / 2, "highFrequency",
      "\(highFrequency) Hz is above half the sample rate, \(Double(sampleRate) / 2) Hz")
    try require(
      lowFrequency < highFrequency, "lowFrequency",
      "\(lowFrequency) Hz is not below highFrequency, \(highFrequency) Hz")
    let isPlain = melScale == .htk && melTriangles != .bins && melNormalization == .height
    try require(
      melPrecision == .double || isPlain, "melPrecision",
      "single is there for the HTK scale, triangles over mel or hertz, and height only")
    let spacing = (highFrequency - lowFrequency) / Double(melBands + 1)
    try require(
      spacing >= 0.05, "melBands",
      "\(melBands) bands from \(lowFrequency) to \(highFrequency) Hz are \(spacing) Hz apart, "
        + "which is less than 0.05")
  }

  private func require(
    _ condition: Bool, _ name: String, _ problem: @autoclosure () -> String
  ) throws(FrontEndError) {
    if !condition { throw .invalidOption(name: name, problem: problem()) }
  }
}

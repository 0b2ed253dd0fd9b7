extension FrontEndOptions {
  /// Checks that the numbers make sense alone and together.
  /// - Throws: ``FrontEndError/invalidOption(name:problem:)`` for the first that does not.
  public func validate() throws(FrontEndError) {
    try check("sampleRate", Double(sampleRate), in: 1_000...768_000, unit: "Hz")
    try check("amplitude", amplitude, in: 1e-6...1e6)
    try check("levelDecibels", levelDecibels ?? 0, in: -100...0, unit: "dB")
    try check("levelFloorDecibels", levelFloorDecibels, in: -200...0, unit: "dB")
    try check("fftLength", Double(fftLength), in: 2...65_536, unit: "samples")
    try require(fftLength.isMultiple(of: 2), "fftLength", "\(fftLength) samples is not even")
    try check("windowLength", Double(windowLength), in: 1...65_536, unit: "samples")
    try require(
      precision == .single || fftLength.nonzeroBitCount == 1, "fftLength",
      "\(fftLength) samples is no power of two, which precision \(precision) needs")
    try require(
      windowLength <= fftLength, "fftLength",
      "\(fftLength) samples is shorter than the window of \(windowLength); "
        + "the rest of the window would be lost")
    try check("hopLength", Double(hopLength), in: 1...65_536, unit: "samples")
    try check("preEmphasis", preEmphasis, in: 0...1)
    let width = Double(sampleRate) / Double(fftLength)
    try require(
      binWidth.isFinite && abs(binWidth - width) <= 0.01 * width, "binWidth",
      "\(binWidth) Hz is more than 1% from \(sampleRate) / \(fftLength) = \(width)")
    try check("firstBin", Double(firstBin), in: 0...Double(fftLength / 2))
    try check("lastBin", Double(lastBin), in: Double(firstBin)...Double(fftLength / 2))
    try check("melBands", Double(melBands), in: 1...1_024)
    try check("highFrequency", highFrequency, in: 0...Double(sampleRate) / 2, unit: "Hz")
    try require(
      lowFrequency >= 0 && lowFrequency < highFrequency, "lowFrequency",
      "\(lowFrequency) Hz is not between 0 and highFrequency, \(highFrequency) Hz")
    let isPlain = melScale == .htk && melTriangles != .bins && melNormalization == .height
    try require(
      melPrecision == .double || isPlain, "melPrecision",
      "single is there for the HTK scale, triangles over mel or hertz, and height only")
    let spacing = (highFrequency - lowFrequency) / Double(melBands + 1)
    try require(
      spacing >= 0.05, "melBands",
      "\(melBands) bands from \(lowFrequency) to \(highFrequency) Hz are \(spacing) Hz apart, "
        + "which is less than 0.05")
    try check("logFloor", logFloor, in: 1e-30...1e6)
    try check("logRange", logRange ?? 1, in: 1e-3...1e6)
    try check("coefficients", Double(coefficients), in: 1...Double(melBands))
    try check("lifter", lifter, in: 0...1e4)
    try check("deltaOrder", Double(deltaOrder), in: 0...2)
    try check("deltaReach", Double(deltaReach), in: 1...100, unit: "frames")
  }

  private func check(
    _ name: String, _ value: Double, in range: ClosedRange<Double>, unit: String = ""
  ) throws(FrontEndError) {
    let unit = unit.isEmpty ? "" : " " + unit
    // A NaN is in no range.
    try require(
      range.contains(value), name,
      "\(value)\(unit) is outside \(range.lowerBound) to \(range.upperBound)\(unit)")
  }

  private func require(
    _ condition: Bool, _ name: String, _ problem: @autoclosure () -> String
  ) throws(FrontEndError) {
    if !condition { throw .invalidOption(name: name, problem: problem()) }
  }
}

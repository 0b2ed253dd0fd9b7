import Glibc

/// Turns samples into mel-frequency cepstral coefficients.
///
/// Holds plans, tables and scratch memory, so that one front end serves one thread.
public final class FrontEnd {
  /// The recipe.
  public let options: FrontEndOptions
  /// Mean and deviation applied at the end, if any.
  public let normalization: FeatureNormalization?

  private let window: [Float]
  private let spectrum: Spectrum
  private let melBank: MelBank
  private let cosine: CosineTransform

  /// Makes the tables of a recipe.
  /// - Throws: ``FrontEndError`` when a number makes no sense.
  public init(
    _ options: FrontEndOptions, normalization: FeatureNormalization? = nil
  ) throws(FrontEndError) {
    try options.validate()
    self.options = options
    self.normalization = normalization
    if let normalization, normalization.mean.count != options.featureCount {
      throw .normalizationMismatch(
        stored: normalization.mean.count, features: options.featureCount)
    }
    window = options.window.values(count: options.windowLength)
    spectrum = Spectrum(length: options.fftLength)
    melBank = MelBank(options)
    if let band = melBank.emptyBands.first, !options.allowsEmptyBands {
      throw .invalidOption(
        name: "melBands",
        problem: "no Fourier bin falls into band \(band + 1) of \(options.melBands); "
          + "use fewer bands or a longer fftLength than \(options.fftLength)")
    }
    cosine = CosineTransform(
      bands: options.melBands, coefficients: options.coefficients, scale: options.cosineScale)
  }

  /// Number of features a frame, F.
  public var featureCount: Int { options.featureCount }

  /// Number of frames, T, of a clip of so many samples.
  public func frameCount(sampleCount: Int) -> Int {
    sampleCount < options.windowLength
      ? 0 : 1 + (sampleCount - options.windowLength) / options.hopLength
  }

  /// The features of one clip at the rate of the options.
  /// - Throws: ``FrontEndError`` when a sample is not finite.
  public func features(of samples: [Float]) throws(FrontEndError) -> Features {
    if let bad = samples.firstIndex(where: { !$0.isFinite }) { throw .notFinite(sample: bad) }
    let frames = frameCount(sampleCount: samples.count)
    var values = [Float](repeating: 0, count: frames * featureCount)
    var frame = [Float](repeating: 0, count: options.windowLength)
    var power = [Float](repeating: 0, count: options.binCount)
    var logs = [Float](repeating: 0, count: options.melBands)
    let floor = Float(options.logFloor)
    for t in 0..<frames {
      for n in frame.indices { frame[n] = samples[t * options.hopLength + n] * window[n] }
      spectrum.power(of: frame, into: &power)
      for (index, band) in melBank.bands.enumerated() {
        var sum: Float = 0
        for (offset, weight) in band.weights.enumerated() {
          sum += weight * power[band.firstBin + offset]
        }
        logs[index] = logf(sum + floor)
      }
      for k in 0..<options.coefficients {
        var sum: Float = 0
        for n in 0..<options.melBands { sum += cosine.matrix[k * options.melBands + n] * logs[n] }
        values[t * featureCount + k] = sum
      }
    }
    var features = Features(frameCount: frames, featureCount: featureCount, values: values)
    normalization?.apply(to: &features)
    return features
  }
}

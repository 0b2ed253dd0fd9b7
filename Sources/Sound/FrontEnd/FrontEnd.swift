/// Turns samples into mel-frequency cepstral coefficients.
///
///     let frontEnd = try FrontEnd(FrontEndOptions(preset: .kws, sampleRate: 16_000))
///     let features = try frontEnd.features(of: clip.samples)  // (T, F)
///
/// It has two halves. The first turns samples into static frames, each frame by itself; the second
/// turns the static frames of a clip or window into its features. A ``Stream`` runs the first half
/// on pieces, so that overlapping windows share its frames.
///
/// Holds plans, tables and scratch memory: use one front end per thread.
public final class FrontEnd {
  /// The recipe.
  public let options: FrontEndOptions
  /// Mean and deviation applied at the end, if any.
  public let normalization: FeatureNormalization?

  let staticAnalysis: StaticAnalysis
  let windowAnalysis: WindowAnalysis

  /// Computes the tables for `options`.
  /// - Throws: ``FrontEndError`` for options that are invalid.
  public init(
    _ options: FrontEndOptions, normalization: FeatureNormalization? = nil
  ) throws(FrontEndError) {
    try options.validate()
    if let normalization, normalization.mean.count != options.featureCount {
      throw .normalizationMismatch(
        stored: normalization.mean.count, features: options.featureCount)
    }
    self.options = options
    self.normalization = normalization
    staticAnalysis = StaticAnalysis(options)
    windowAnalysis = WindowAnalysis(options, normalization)
    if let band = emptyBands.first, !options.allowsEmptyBands {
      throw .invalidOption(
        name: "melBands",
        problem: "no Fourier bin falls into band \(band + 1) of \(options.melBands); "
          + "use fewer bands or a longer fftLength than \(options.fftLength)")
    }
  }

  /// Number of features a frame, F.
  public var featureCount: Int { options.featureCount }

  /// Indices of the mel bands into which no Fourier bin falls; they carry no information.
  ///
  /// Fewer bands or a longer FFT avoid them. The preset `kws` never has any.
  public var emptyBands: [Int] { staticAnalysis.melBank.emptyBands }

  /// How many later frames the features of a frame depend on: the sum over all stages of both
  /// halves.
  public var lookahead: Lookahead { (staticAnalysis.stages + windowAnalysis.stages).lookahead }

  /// Number of frames, T, of a clip with this number of samples at the rate of the options.
  public func frameCount(sampleCount: Int) -> Int { staticAnalysis.plan.frameCount(sampleCount) }

  /// The features of one clip at the rate of the options; +-1 is full scale.
  ///
  /// A clip shorter than one window gives no frames, one frame or an error, depending on the
  /// options.
  /// - Parameters:
  ///   - samples: The clip.
  ///   - vocalTract: Factor on the length of the speaker's vocal tract, above 0, for augmentation
  ///     in training; without effect if there are ``emptyBands``.
  /// - Returns: (T, F).
  /// - Throws: ``FrontEndError`` if a sample is not finite or the clip is too short.
  public func features(
    of samples: [Float], vocalTract: Float = 1
  ) throws(FrontEndError) -> Features {
    let waveform = try waveform(of: samples)
    var frames = StaticFrames(options)
    staticAnalysis.append(
      framesOf: waveform.span, count: frameCount(sampleCount: samples.count),
      vocalTract: vocalTract, to: &frames)
    return try features(of: frames, in: 0..<frames.count)
  }

  /// The features of a window from the frames of a ``Stream``, bit for bit those of
  /// ``features(of:vocalTract:)`` on the window's samples alone.
  ///
  /// Frame t of the stream starts at sample t * ``FrontEndOptions/hopLength``, so a window of n
  /// samples that starts there has the ``frameCount(sampleCount:)`` frames from t on.
  /// - Parameters:
  ///   - frames: Static frames of this front end.
  ///   - range: The frames of the window.
  /// - Returns: (T, F).
  /// - Throws: ``FrontEndError/tooFewFrames(frames:needed:)``.
  public func features(
    of frames: StaticFrames, in range: Range<Int>
  ) throws(FrontEndError) -> Features {
    try windowAnalysis.features(of: frames, in: range)
  }

  /// Checks a clip and runs the stages that need the whole clip.
  func waveform(of samples: [Float]) throws(FrontEndError) -> [Float] {
    try SampleCheck.check(samples.span)
    let least = staticAnalysis.plan.leastSamples
    guard samples.count >= least else {
      throw .clipTooShort(samples: samples.count, needed: least)
    }
    return staticAnalysis.waveform(of: samples)
  }
}

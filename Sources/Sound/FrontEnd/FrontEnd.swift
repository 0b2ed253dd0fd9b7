/// Turns samples into mel-frequency cepstral coefficients.
///
///     let frontEnd = try FrontEnd(FrontEndOptions(preset: .kws, sampleRate: 16_000))
///     let features = try frontEnd.features(of: clip.samples)  // (T, F)
///
/// Works in two halves: samples become static frames, each by itself, and the frames of a clip or
/// window become its features. A ``Stream`` takes the first half in pieces, so that windows share
/// its frames.
///
/// Holds plans, tables and scratch memory, so that one front end serves one thread.
public final class FrontEnd {
  /// The recipe.
  public let options: FrontEndOptions
  /// Mean and deviation applied at the end, if any.
  public let normalization: FeatureNormalization?

  let staticAnalysis: StaticAnalysis
  let windowAnalysis: WindowAnalysis

  /// Makes the tables of a recipe.
  /// - Throws: ``FrontEndError`` when a number makes no sense.
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

  /// Numbers of the mel bands, from 0, into which no Fourier bin falls; they say nothing of a clip.
  ///
  /// Fewer bands or a longer FFT help. Our own recipe has none, or is refused.
  public var emptyBands: [Int] { staticAnalysis.melBank.emptyBands }

  /// How far the features of a frame depend on what follows it: the sum over all stages of both
  /// halves.
  public var lookahead: Lookahead { (staticAnalysis.stages + windowAnalysis.stages).lookahead }

  /// Number of frames, T, of a clip of so many samples at the rate of the options.
  public func frameCount(sampleCount: Int) -> Int { staticAnalysis.plan.frameCount(sampleCount) }

  /// The features of one clip at the rate of the options; +-1 is full scale.
  ///
  /// A clip shorter than one window gives no frames, one or an error, as its recipe has it.
  /// - Parameters:
  ///   - samples: The clip.
  ///   - vocalTract: Factor on the length of the speaker's vocal tract, above 0, which training
  ///     changes; without effect where a recipe has ``emptyBands``, which have no energy to take.
  /// - Returns: (T, F).
  /// - Throws: ``FrontEndError`` when a sample is no number or the clip is too short.
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
  ///   - frames: Frames of this recipe.
  ///   - range: Those of the window.
  /// - Returns: (T, F).
  /// - Throws: ``FrontEndError/tooFewFrames(frames:needed:)``.
  public func features(
    of frames: StaticFrames, in range: Range<Int>
  ) throws(FrontEndError) -> Features {
    try windowAnalysis.features(of: frames, in: range)
  }

  /// A clip after its checks and the stages that need it whole.
  func waveform(of samples: [Float]) throws(FrontEndError) -> [Float] {
    try SampleCheck.check(samples.span)
    let least = staticAnalysis.plan.leastSamples
    guard samples.count >= least else {
      throw .clipTooShort(samples: samples.count, needed: least)
    }
    return staticAnalysis.waveform(of: samples)
  }
}

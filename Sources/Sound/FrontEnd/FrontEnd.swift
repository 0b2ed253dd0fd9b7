/// Turns samples into mel-frequency cepstral coefficients.
///
///     let frontEnd = try FrontEnd(FrontEndOptions(preset: .kws, sampleRate: 16_000))
///     let features = try frontEnd.features(of: clip.samples)  // (T, F)
///
/// Holds plans, tables and scratch memory, so that one front end serves one thread.
public final class FrontEnd {
  /// The recipe.
  public let options: FrontEndOptions
  /// Mean and deviation applied at the end, if any.
  public let normalization: FeatureNormalization?

  private let level: Level?
  private let preEmphasis: PreEmphasis?
  private let framePlan: FramePlan
  private let spectrum: any PowerSpectrum
  private let melBank: MelBank
  private let logCompression: LogCompression
  private let cosineTransform: CosineTransform
  private let lifter: Lifter?
  private let deltas: Deltas

  // Scratch: the spectra of eight frames.
  private var power: [Lanes]

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
    level = Level(options)
    preEmphasis = PreEmphasis(options)
    framePlan = FramePlan(options)
    let window = options.window.values(count: options.windowLength)
    spectrum =
      options.precision == .single
      ? Spectrum(length: options.fftLength, window: window)
      : PreciseSpectrum(length: options.fftLength, window: window)
    melBank = MelBank(options)
    if let band = melBank.emptyBands.first, !options.allowsEmptyBands {
      throw .invalidOption(
        name: "melBands",
        problem: "no Fourier bin falls into band \(band + 1) of \(options.melBands); "
          + "use fewer bands or a longer fftLength than \(options.fftLength)")
    }
    logCompression = LogCompression(options)
    cosineTransform = CosineTransform(
      bands: options.melBands, coefficients: options.coefficients, scale: options.cosineScale)
    lifter = Lifter(options)
    deltas = Deltas(options)
    power = [Lanes](repeating: Lanes(), count: options.binCount)
  }

  /// Number of features a frame, F.
  public var featureCount: Int { options.featureCount }

  /// Numbers of the mel bands, from 0, into which no Fourier bin falls; they say nothing of a clip.
  ///
  /// Fewer bands or a longer FFT help. Our own recipe has none, or is refused.
  public var emptyBands: [Int] { melBank.emptyBands }

  /// Number of frames, T, of a clip of so many samples at the rate of the options.
  public func frameCount(sampleCount: Int) -> Int { framePlan.frameCount(sampleCount) }

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
    var energies = try bandEnergies(of: samples)
    if melBank.emptyBands.isEmpty { VocalTract.lengthen(by: vocalTract, &energies, options) }
    return try features(of: energies)
  }

  /// The first half of the way: samples to mel band energies.
  func bandEnergies(of samples: [Float]) throws(FrontEndError) -> BandEnergies {
    try SampleCheck.check(samples)
    guard samples.count >= framePlan.leastSamples else {
      throw .clipTooShort(samples: samples.count, needed: framePlan.leastSamples)
    }
    let waveform = prepared(samples)
    let frames = framePlan.frameCount(samples.count)
    var frame = [Float](repeating: 0, count: options.windowLength)
    var energies = BandEnergies(frames: frames, bands: options.melBands)
    for block in 0..<Lanes.blocks(frames: frames) {
      for lane in 0..<Lanes.count {
        let t = block * Lanes.count + lane
        if t < frames {
          energies.frames[block][lane] = load(
            frame: t, of: waveform.span, lane: lane, scratch: &frame)
        } else {
          spectrum.clear(lane: lane)
        }
      }
      spectrum.power(into: &power)
      SpectrumScale.apply(options.spectrum, fftLength: options.fftLength, to: &power)
      melBank.apply(to: power, into: &energies.bands, at: block * options.melBands)
      if options.energy == .spectrum { energies.frames[block] = FrameEnergy.sum(power) }
    }
    return energies
  }

  /// The second half of the way: mel band energies to features.
  func features(of energies: BandEnergies) throws(FrontEndError) -> Features {
    var energies = energies
    logCompression.apply(toBands: &energies.bands)
    var cepstra = cosineTransform.apply(to: energies.bands, frames: energies.frameCount)
    lifter?.apply(to: &cepstra)
    if options.energy != .none {
      logCompression.apply(to: &energies.frames)
      FrameEnergy.replaceFirst(
        of: &cepstra, coefficients: options.coefficients, by: energies.frames)
    }
    if options.zerothLast {
      FrameEnergy.moveFirstLast(of: &cepstra, coefficients: options.coefficients)
    }
    var values = try deltas.appended(to: cepstra, width: options.coefficients)
    if options.subtractsClipMean { ClipMean.subtract(from: &values, width: featureCount) }
    var features = Features(
      frameCount: energies.frameCount, featureCount: featureCount, values: values)
    normalization?.apply(to: &features)
    return features
  }

  /// The waveform after its own stages: level, amplitude, pre-emphasis over the clip.
  private func prepared(_ samples: [Float]) -> [Float] {
    let gain = Float(options.amplitude * (level?.gain(of: samples) ?? 1))
    var result = gain == 1 ? samples : samples.map { gain * $0 }
    if let preEmphasis, preEmphasis.coversClip { preEmphasis.apply(toClip: &result) }
    return result
  }

  /// One frame after its own stages, into the spectrum's input; returns its energy if wanted.
  private func load(
    frame t: Int, of waveform: Span<Float>, lane: Int, scratch: inout [Float]
  ) -> Float {
    let hasStages = options.removesOffset || options.energy == .frame || preEmphasis != nil
    if !hasStages, let range = framePlan.range(frame: t, samples: waveform.count) {
      spectrum.load(waveform.extracting(range), lane: lane)
      return 0
    }
    var span = scratch.mutableSpan
    framePlan.copy(frame: t, of: waveform, into: &span)
    if options.removesOffset { OffsetRemoval.apply(to: &span) }
    let energy = options.energy == .frame ? FrameEnergy.sumOfSquares(span) : 0
    if let preEmphasis, !preEmphasis.coversClip { preEmphasis.apply(toFrame: &span) }
    spectrum.load(span.span, lane: lane)
    return energy
  }
}

/// The first half of the front end: samples to static frames, each frame by itself.
///
/// Holds the tables and the scratch memory of these stages: for one thread only.
final class StaticAnalysis {
  /// Placement of the frames.
  let plan: FramePlan
  let melBank: MelBank
  private let options: FrontEndOptions
  private let level: Level?
  private let preEmphasis: PreEmphasis?
  private let offsetRemoval: OffsetRemoval?
  private let energy: FrameEnergy?
  private let spectrum: any PowerSpectrum
  private let scale: SpectrumScale
  private let logCompression: LogCompression
  private let cosineTransform: CosineTransform
  private let lifter: Lifter?
  private let columnOrder: ColumnOrder?

  /// The mel band energies being computed.
  var energies: BandEnergies
  // Scratch: a frame's samples, the spectra of eight frames, (T, coefficients).
  private var frame: [Float]
  private var power: [Lanes]
  private var cepstra: [Float] = []

  /// Computes the tables of options that were validated.
  init(_ options: FrontEndOptions) {
    self.options = options
    plan = FramePlan(options)
    level = Level(options)
    preEmphasis = PreEmphasis(options)
    offsetRemoval = OffsetRemoval(options)
    energy = FrameEnergy(options)
    let window = options.window.values(count: options.windowLength)
    spectrum =
      options.precision == .single
      ? Spectrum(length: options.fftLength, window: window)
      : PreciseSpectrum(length: options.fftLength, window: window)
    scale = SpectrumScale(options)
    melBank = MelBank(options)
    logCompression = LogCompression(options)
    cosineTransform = CosineTransform(
      bands: options.melBands, coefficients: options.coefficients, scale: options.cosineScale)
    lifter = Lifter(options)
    columnOrder = ColumnOrder(options)
    frame = [Float](repeating: 0, count: options.windowLength)
    power = [Lanes](repeating: Lanes(), count: options.binCount)
    energies = BandEnergies(frames: 0, bands: options.melBands)
  }

  /// The stages in the order in which they run.
  var stages: [any Stage] {
    let all: [(any Stage)?] = [
      level, preEmphasis, plan, offsetRemoval, energy, spectrum, scale, melBank, logCompression,
      cosineTransform, lifter, columnOrder,
    ]
    return all.compactMap(\.self)
  }

  /// Factor on samples of +-1, unless each clip is scaled to a level.
  var gain: Float { Float(options.amplitude) }

  /// Runs the stages that need the whole clip.
  func waveform(of samples: [Float]) -> [Float] {
    let gain = level.map { Float(options.amplitude * $0.gain(of: samples)) } ?? gain
    var result = gain == 1 ? samples : samples.map { gain * $0 }
    if let preEmphasis, preEmphasis.coversClip { preEmphasis.apply(toClip: &result) }
    return result
  }

  /// Computes the first `frames` frames of a waveform and appends them.
  func append(
    framesOf waveform: Span<Float>, count: Int, vocalTract: Float = 1,
    to frames: inout StaticFrames
  ) {
    findEnergies(of: waveform, frames: count)
    if melBank.emptyBands.isEmpty { VocalTract.lengthen(by: vocalTract, &energies, options) }
    appendCepstra(to: &frames)
  }

  /// Runs the stages up to the mel bands.
  func findEnergies(of waveform: Span<Float>, frames: Int) {
    energies.clear(frames: frames, bands: options.melBands)
    for block in 0..<Lanes.blocks(frames: frames) {
      for lane in 0..<Lanes.count {
        let t = block * Lanes.count + lane
        if t < frames {
          energies.frames[block][lane] = load(
            frame: t, of: waveform, lane: lane, scratch: &frame)
        } else {
          spectrum.clear(lane: lane)
        }
      }
      spectrum.power(into: &power)
      scale.apply(to: &power)
      melBank.apply(to: power, into: &energies.bands, at: block * options.melBands)
      if let energy, !energy.isOfSamples { energies.frames[block] = energy.sum(power) }
    }
  }

  /// Runs the stages on one frame's samples and stores it as the spectrum's input; returns its
  /// energy if needed.
  private func load(
    frame t: Int, of waveform: Span<Float>, lane: Int, scratch: inout [Float]
  ) -> Float {
    let takesEnergy = energy?.isOfSamples == true
    let hasStages = offsetRemoval != nil || takesEnergy || preEmphasis != nil
    if !hasStages, let range = plan.range(frame: t, samples: waveform.count) {
      spectrum.load(waveform.extracting(range), lane: lane)
      return 0
    }
    var span = scratch.mutableSpan
    plan.copy(frame: t, of: waveform, into: &span)
    offsetRemoval?.apply(to: &span)
    let sum = takesEnergy ? energy!.sumOfSquares(span) : 0
    if let preEmphasis, !preEmphasis.coversClip { preEmphasis.apply(toFrame: &span) }
    spectrum.load(span.span, lane: lane)
    return sum
  }

  /// Runs the stages after the mel bands.
  func appendCepstra(to frames: inout StaticFrames) {
    logCompression.apply(toBands: &energies.bands)
    cosineTransform.apply(to: energies.bands, frames: energies.frameCount, into: &cepstra)
    lifter?.apply(to: &cepstra)
    if let energy {
      logCompression.apply(to: &energies.frames)
      energy.replaceFirst(of: &cepstra, by: energies.frames)
    }
    columnOrder?.apply(to: &cepstra)
    frames.values += cepstra
  }
}

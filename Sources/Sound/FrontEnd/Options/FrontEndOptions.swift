/// All options of the front end, which turns samples into feature frames, in the order of its
/// stages.
///
/// The defaults are kws's own at 16 kHz; ``init(preset:sampleRate:)`` gives those of other
/// toolkits. Lengths are in samples at ``sampleRate``, so they need no rounding.
public struct FrontEndOptions: Equatable, Sendable {
  // MARK: Waveform

  /// Rate of the samples, in Hz.
  public var sampleRate = 16_000
  /// Factor on samples of +-1; 32768 for presets that were made for 16-bit integers.
  public var amplitude = 1.0
  /// Root mean square that each clip is scaled to, in dB of full scale; nil leaves it unchanged.
  public var levelDecibels: Double?
  /// Clips quieter than this are amplified only as if they had this level, in dB of full scale.
  public var levelFloorDecibels = -60.0

  // MARK: Frames

  /// How frames are placed over the clip.
  public var framing = Framing.snip
  /// Length of one analysis window, in samples; 30 ms at 16 kHz.
  public var windowLength = 480
  /// Distance between two frames, in samples; 20 ms at 16 kHz.
  public var hopLength = 320
  /// Length of the Fourier transform, in samples; the window is padded with zeros.
  public var fftLength = 512
  /// Whether each frame's mean is subtracted from it.
  public var removesOffset = false
  /// Coefficient k of x[n] - k x[n-1]; 0 is off (Kaldi, HTK and psf use 0.97).
  public var preEmphasis = 0.0
  /// The sample that pre-emphasis assumes before the first one.
  public var preEmphasisScope = PreEmphasisScope.frame
  /// Shape of the analysis window.
  public var window = WindowShape.hann

  // MARK: Spectrum and mel bands

  /// Precision of pre-emphasis, window and transform; later stages use single precision.
  ///
  /// Double needs a power of two as FFT length, and is slow.
  public var precision = Precision.single
  /// The value that is computed from each Fourier coefficient.
  public var spectrum = SpectrumKind.power
  /// Distance between two Fourier bins, in Hz; torchaudio rounds the Nyquist frequency down.
  public var binWidth = 31.25
  /// First Fourier bin in use.
  public var firstBin = 0
  /// Last Fourier bin in use.
  public var lastBin = 256
  /// Number of mel bands.
  public var melBands = 40
  /// Lower edge of the first band, in Hz.
  public var lowFrequency = 20.0
  /// Upper edge of the last band, in Hz.
  public var highFrequency = 7_600.0
  /// Formula of the mel scale.
  public var melScale = MelScale.htk
  /// The frequency axis on which a band is a triangle.
  public var melTriangles = MelTriangles.mel
  /// Precision in which the bands' weights are computed; they are stored in single precision.
  public var melPrecision = Precision.double
  /// Height or area of a band.
  public var melNormalization = MelNormalization.height
  /// Whether a band without a Fourier bin is allowed; otherwise it is an error.
  public var allowsEmptyBands = false

  // MARK: Logarithm

  /// Natural logarithm or decibels.
  public var logarithm = LogarithmKind.natural
  /// The floor that keeps the logarithm finite, in units of band energy.
  public var logFloor = 1e-6
  /// How the floor is applied.
  public var logFloorRule = FloorRule.add
  /// Largest distance below the clip's largest value, in the logarithm's unit; nil is off.
  ///
  /// Lower values are raised to it. One loud moment changes distant frames, so this option prevents
  /// streaming.
  public var logRange: Double?

  // MARK: Cepstrum

  /// Number of cepstral coefficients, from C0 up.
  public var coefficients = 40
  /// Scale of the cosine transform.
  public var cosineScale = CosineScale.orthonormal
  /// L of the lifter 1 + L/2 sin(pi n / L); 0 is off (Kaldi, HTK and psf use 22).
  public var lifter = 0.0
  /// The index n of the first coefficient in the lifter's formula.
  public var lifterStart = LifterStart.zero
  /// What replaces C0; its logarithm uses the bands' floor.
  public var energy = EnergyKind.none
  /// Whether the first column is moved behind the others, as HTK writes it.
  public var zerothLast = false

  // MARK: Dynamics and normalisation

  /// 0 for no deltas, 1 for deltas, 2 for deltas and deltas of deltas; each adds as many columns as
  /// there are coefficients.
  public var deltaOrder = 0
  /// How the slope is estimated.
  public var deltaRule = DeltaRule.regression
  /// Number of frames on each side for the slope.
  public var deltaReach = 2
  /// Whether each clip's mean over time is subtracted from every column.
  public var subtractsClipMean = false

  /// The base of every preset: 40 plain coefficients at 16 kHz.
  public init() {}
}

extension FrontEndOptions {
  /// Number of Fourier bins, 0 to the Nyquist frequency.
  public var binCount: Int { fftLength / 2 + 1 }
  /// Number of columns of the features.
  public var featureCount: Int { coefficients * (deltaOrder + 1) }
}

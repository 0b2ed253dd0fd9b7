/// Every number of the recipe that turns samples into feature frames, in the order of the stages.
///
/// The defaults are our own at 16 kHz; ``init(preset:sampleRate:)`` gives those of other toolkits.
/// Lengths are in samples at ``sampleRate``, so that nothing is left to rounding.
public struct FrontEndOptions: Equatable, Sendable {
  // MARK: Waveform

  /// Rate of the samples, in Hz.
  public var sampleRate = 16_000
  /// What +-1 samples are multiplied by; 32768 for recipes that were made for 16-bit integers.
  public var amplitude = 1.0
  /// Root mean square that each clip is brought to, in dB of full scale; nil leaves it as it is.
  public var levelDecibels: Double?
  /// Clips quieter than this are amplified as if they were this loud, in dB of full scale.
  public var levelFloorDecibels = -60.0

  // MARK: Frames

  /// How frames lie over the clip.
  public var framing = Framing.snip
  /// Length of one analysis window, in samples; 30 ms at 16 kHz.
  public var windowLength = 480
  /// Distance of two frames, in samples; 20 ms at 16 kHz.
  public var hopLength = 320
  /// Length of the Fourier transform, in samples; the window is filled up with zeros.
  public var fftLength = 512
  /// Whether each frame's mean is subtracted from it.
  public var removesOffset = false
  /// Coefficient k of x[n] - k x[n-1]; 0 is off (Kaldi, HTK and psf use 0.97).
  public var preEmphasis = 0.0
  /// What the pre-emphasis sees before its first sample.
  public var preEmphasisScope = PreEmphasisScope.frame
  /// Shape of the analysis window.
  public var window = WindowShape.hann

  // MARK: Spectrum and mel bands

  /// Precision of pre-emphasis, window and transform; all that follows is in single precision.
  ///
  /// Double needs a power of two as FFT length, and is slow.
  public var precision = Precision.single
  /// What is taken of each Fourier coefficient.
  public var spectrum = SpectrumKind.power
  /// Distance of two Fourier bins, in Hz; torchaudio rounds the Nyquist frequency down.
  public var binWidth = 31.25
  /// First Fourier bin that counts.
  public var firstBin = 0
  /// Last Fourier bin that counts.
  public var lastBin = 256
  /// Number of mel bands.
  public var melBands = 40
  /// Lower edge of the first band, in Hz.
  public var lowFrequency = 20.0
  /// Upper edge of the last band, in Hz.
  public var highFrequency = 7_600.0
  /// Formula of the mel scale.
  public var melScale = MelScale.htk
  /// The axis on which a band is a triangle.
  public var melTriangles = MelTriangles.mel
  /// Precision in which the bands' weights are computed, before they are stored in single.
  public var melPrecision = Precision.double
  /// Height or area of a band.
  public var melNormalization = MelNormalization.height
  /// Whether a band may be so narrow that no Fourier bin falls into it; it is an error otherwise.
  public var allowsEmptyBands = false

  // MARK: Logarithm

  /// Natural logarithm or decibels.
  public var logarithm = LogarithmKind.natural
  /// What keeps the logarithm finite, in units of band energy.
  public var logFloor = 1e-6
  /// How the floor is applied.
  public var logFloorRule = FloorRule.add
  /// Largest distance below the clip's largest value, in the logarithm's unit; nil is off.
  ///
  /// Lower values are raised to it. One loud moment moves far frames, and it cannot stream.
  public var logRange: Double?

  // MARK: Cepstrum

  /// Number of cepstral coefficients kept, from C0 up.
  public var coefficients = 40
  /// Scale of the cosine transform.
  public var cosineScale = CosineScale.orthonormal
  /// L of the lifter 1 + L/2 sin(pi n / L); 0 is off (Kaldi, HTK and psf use 22).
  public var lifter = 0.0
  /// Which n the lifter gives the first coefficient.
  public var lifterStart = LifterStart.zero
  /// What takes C0's place; its logarithm has the bands' floor.
  public var energy = EnergyKind.none
  /// Whether the first column goes behind the others, as HTK writes it.
  public var zerothLast = false

  // MARK: Dynamics and normalisation

  /// 0 for none, 1 for deltas, 2 for deltas of deltas too; each adds as many columns.
  public var deltaOrder = 0
  /// How the slope is estimated.
  public var deltaRule = DeltaRule.regression
  /// Frames on either side that the slope is taken over.
  public var deltaReach = 2
  /// Whether each clip's mean over time is subtracted from every column.
  public var subtractsClipMean = false

  /// What each preset starts from: 40 plain coefficients at 16 kHz.
  public init() {}
}

extension FrontEndOptions {
  /// Number of Fourier bins, 0 to the Nyquist frequency.
  public var binCount: Int { fftLength / 2 + 1 }
  /// Number of columns of the features.
  public var featureCount: Int { coefficients * (deltaOrder + 1) }
}

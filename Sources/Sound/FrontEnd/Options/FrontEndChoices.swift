/// How frames are placed over the clip.
public enum Framing: String, Codable, CaseIterable, Sendable {
  /// Only whole windows: 1 + (n - window) / hop frames, and none for a clip shorter than a window.
  case snip
  /// Frame t is centred at t * hop; the clip is extended by half an FFT of zeros on both sides.
  case centredZeros
  /// As `centredZeros`, but the clip is extended by its mirror image.
  case centredMirror
  /// The end is padded with zeros to a whole window: no sample is lost.
  case padded
}

/// The sample that pre-emphasis assumes before the first one.
public enum PreEmphasisScope: String, Codable, CaseIterable, Sendable {
  /// Each frame by itself; its first sample is repeated before it: x[0] - k x[0].
  case frame
  /// The whole clip before framing; the first sample stays unchanged.
  case clip
}

/// Shape of the analysis window of N samples.
public enum WindowShape: String, Codable, CaseIterable, Sendable {
  /// All ones.
  case rectangular
  /// Periodic: 0.5 - 0.5 cos(2 pi n / N).
  case hann
  /// Symmetric: 0.54 - 0.46 cos(2 pi n / (N - 1)).
  case hamming
  /// Kaldi's: (0.5 - 0.5 cos(2 pi n / (N - 1)))^0.85.
  case povey
}

/// The value that is computed from each Fourier coefficient X of an FFT of N samples.
public enum SpectrumKind: String, Codable, CaseIterable, Sendable {
  /// |X|^2.
  case power
  /// |X|.
  case magnitude
  /// |X|^2 / N.
  case periodogram
}

/// Floating-point precision.
public enum Precision: String, Codable, CaseIterable, Sendable {
  /// 32 bits.
  case single
  /// 64 bits.
  case double
}

/// Formula of the mel scale.
public enum MelScale: String, Codable, CaseIterable, Sendable {
  /// HTK Book: 1127 ln(1 + f / 700).
  case htk
  /// Slaney's Auditory Toolbox: linear below 1000 Hz, logarithmic above.
  case slaney
}

/// The frequency axis on which a band is a triangle.
public enum MelTriangles: String, Codable, CaseIterable, Sendable {
  /// Linear in mel.
  case mel
  /// Linear in Hz.
  case hertz
  /// Linear in Fourier bins, with edges and centre rounded down to whole bins.
  case bins
}

/// Height or area of a mel band.
public enum MelNormalization: String, Codable, CaseIterable, Sendable {
  /// The peak is 1.
  case height
  /// The area over Hz is 1, as in Slaney's Auditory Toolbox.
  case area
}

/// Natural logarithm or decibels of power.
public enum LogarithmKind: String, Codable, CaseIterable, Sendable {
  /// ln x.
  case natural
  /// 10 log10 x.
  case decibels
}

/// How the floor keeps the logarithm finite.
public enum FloorRule: String, Codable, CaseIterable, Sendable {
  /// log(x + floor).
  case add
  /// log(max(x, floor)).
  case maximum
  /// The floor replaces exact zeros only.
  case replaceZero
}

/// Scale of the cosine transform (DCT-II) over N bands.
public enum CosineScale: String, Codable, CaseIterable, Sendable {
  /// sqrt(1 / N) for C0 and sqrt(2 / N) for the others: an orthonormal matrix.
  case orthonormal
  /// sqrt(2 / N) for all, as the HTK Book has it.
  case htk
}

/// The index n of the first coefficient in the lifter's formula.
public enum LifterStart: String, Codable, CaseIterable, Sendable {
  /// C0 has n = 0 and stays as it is.
  case zero
  /// C0 has n = 1, as in librosa.
  case one
}

/// What replaces C0.
public enum EnergyKind: String, Codable, CaseIterable, Sendable {
  /// C0 stays.
  case none
  /// Logarithm of the frame's sum of squares after offset removal, before pre-emphasis: Kaldi's.
  case frame
  /// Logarithm of the sum over the spectrum, after pre-emphasis: python_speech_features'.
  case spectrum
}

/// How deltas estimate the slope over time.
public enum DeltaRule: String, Codable, CaseIterable, Sendable {
  /// Regression over neighbouring frames; the first and last frames are repeated outside the clip:
  /// HTK Book.
  case regression
  /// Savitzky-Golay polynomial fit, extrapolated at the edges: librosa's.
  case savitzkyGolay
}

extension FrontEndOptions {
  /// Our own recipe: 30 ms Hann windows every 20 ms, 40 HTK mel bands from 20 Hz to 7600 Hz (or 95%
  /// of the Nyquist frequency), ln(power + 1e-6), the first 13 coefficients of an orthonormal DCT
  /// with their slopes and the slopes of those: 39 columns.
  static func kws(_ sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    let window = (sampleRate * 30 + 500) / 1000
    options.setLengths(
      sampleRate: sampleRate, window: window, hop: (sampleRate * 20 + 500) / 1000,
      fft: powerOfTwo(atLeast: window))
    options.highFrequency = min(7_600, 0.95 * Double(sampleRate) / 2)
    (options.coefficients, options.deltaOrder) = (13, 2)
    return options
  }

  // Source: kaldi-native-fbank 1.22.5, whose MfccOptions are Kaldi's (with dither 0 here).
  static func kaldi(_ sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    // Kaldi rounds the product down in single precision: 1102 samples for 25 ms at 44.1 kHz.
    let perMillisecond = Float(sampleRate) * 0.001
    let window = Int(perMillisecond * 25)
    options.setLengths(
      sampleRate: sampleRate, window: window, hop: Int(perMillisecond * 10),
      fft: powerOfTwo(atLeast: window))
    options.amplitude = 32_768
    options.removesOffset = true
    options.preEmphasis = 0.97
    options.window = .povey
    options.melPrecision = .single
    options.lastBin = options.fftLength / 2 - 1
    options.melBands = 23
    options.lowFrequency = 20
    options.logFloor = Double(Float.ulpOfOne)
    options.logFloorRule = .maximum
    options.coefficients = 13
    options.lifter = 22
    options.energy = .frame
    return options
  }

  // Source: librosa 0.11, feature.mfcc.
  static func librosa(_ sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    options.setLengths(sampleRate: sampleRate, window: 2048, hop: 512, fft: 2048)
    options.framing = .centredZeros
    options.melBands = 128
    options.lowFrequency = 0
    options.melScale = .slaney
    options.melTriangles = .hertz
    options.melNormalization = .area
    options.allowsEmptyBands = true
    options.logarithm = .decibels
    options.logFloor = 1e-10
    options.logFloorRule = .maximum
    options.logRange = 80
    options.coefficients = 20
    options.lifterStart = .one
    options.deltaRule = .savitzkyGolay
    options.deltaReach = 4
    return options
  }

  // Source: torchaudio 2.8, transforms.MFCC.
  static func torchaudio(_ sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    options.setLengths(sampleRate: sampleRate, window: 400, hop: 200, fft: 400)
    // Its Nyquist frequency is rounded down to a whole number, which shifts all bins at odd rates.
    options.highFrequency = Double(sampleRate / 2)
    options.binWidth = options.highFrequency / Double(options.fftLength / 2)
    options.framing = .centredMirror
    options.melBands = 128
    options.lowFrequency = 0
    options.melTriangles = .hertz
    options.melPrecision = .single
    options.allowsEmptyBands = true
    options.logarithm = .decibels
    options.logFloor = 1e-10
    options.logFloorRule = .maximum
    options.logRange = 80
    options.coefficients = 40
    return options
  }

  // Source: python_speech_features 0.6, mfcc, called as in its README, with the integers of a WAV
  // file, and with nfft from calculate_nfft of later versions: the default of 512 would cut windows
  // above 20.48 kHz.
  static func psf(_ sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    // Halves round up: 1103 samples for 25 ms at 44.1 kHz.
    let window = Int((0.025 * Double(sampleRate)).rounded())
    options.setLengths(
      sampleRate: sampleRate, window: window, hop: Int((0.01 * Double(sampleRate)).rounded()),
      fft: powerOfTwo(atLeast: Int((0.025 * Double(sampleRate)).rounded(.up))))
    options.amplitude = 32_768
    options.framing = .padded
    options.preEmphasis = 0.97
    options.preEmphasisScope = .clip
    options.window = .rectangular
    options.precision = .double
    options.spectrum = .periodogram
    options.melBands = 26
    options.lowFrequency = 0
    options.melTriangles = .bins
    options.allowsEmptyBands = true
    options.logFloor = Double.ulpOfOne
    options.logFloorRule = .replaceZero
    options.coefficients = 13
    options.lifter = 22
    options.energy = .spectrum
    return options
  }

  // Source: TensorFlow 2.21, kernels spectrogram_op and mfcc_op.
  static func tensorflow(_ sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    let window = sampleRate * 30 / 1000
    options.setLengths(
      sampleRate: sampleRate, window: window, hop: sampleRate * 10 / 1000,
      fft: powerOfTwo(atLeast: window))
    options.precision = .double
    options.spectrum = .magnitude
    options.lowFrequency = 20
    options.highFrequency = 4_000
    // It leaves out one bin more than the lower edge requires.
    options.firstBin = Int(1.5 + options.lowFrequency / options.binWidth)
    options.allowsEmptyBands = true
    options.logFloor = 1e-12
    options.logFloorRule = .maximum
    options.coefficients = 13
    options.cosineScale = .htk
    return options
  }

  // Source: HTK Book 3.4.1, chapter 5 and table 5.1, as MFCC_0: 25 / 10 ms, 20 channels, c1 to c12
  // and C0 behind them.
  static func htk(_ sampleRate: Int) -> FrontEndOptions {
    var options = FrontEndOptions()
    let window = sampleRate * 25 / 1000
    options.setLengths(
      sampleRate: sampleRate, window: window, hop: sampleRate * 10 / 1000,
      fft: powerOfTwo(atLeast: window))
    options.amplitude = 32_768
    options.preEmphasis = 0.97
    options.window = .hamming
    options.precision = .double
    options.spectrum = .magnitude
    options.firstBin = 1
    options.lastBin = options.fftLength / 2 - 1
    options.melBands = 20
    options.lowFrequency = 0
    options.logFloor = 1
    options.logFloorRule = .maximum
    options.coefficients = 13
    options.cosineScale = .htk
    options.lifter = 22
    options.zerothLast = true
    return options
  }
}

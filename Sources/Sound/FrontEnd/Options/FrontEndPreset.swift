/// A named set of options; all but `kws` follow another toolkit's defaults.
public enum FrontEndPreset: String, Codable, CaseIterable, Sendable {
  /// kws's own default, chosen for recognition.
  case kws
  /// Kaldi's `compute-mfcc-feats`, without dither.
  case kaldi
  /// librosa's `feature.mfcc`, 2048 / 512 samples at any rate.
  case librosa
  /// torchaudio's `transforms.MFCC`, 400 / 200 samples at any rate.
  case torchaudio
  /// `mfcc` of python_speech_features on 16-bit integers, as in its README, with the next power of
  /// two as FFT length; set ``FrontEndOptions/amplitude`` to 1 to compare with samples of +-1.
  case psf
  /// TensorFlow's `audio_spectrogram` and `mfcc` operations, 30 / 10 ms.
  case tensorflow
  /// Written from the formulas of the HTK Book; not compared with HTK itself.
  case htk
}

extension FrontEndOptions {
  /// The options of a preset at a sample rate in Hz.
  public init(preset: FrontEndPreset, sampleRate: Int) {
    self =
      switch preset {
      case .kws: .kws(sampleRate)
      case .kaldi: .kaldi(sampleRate)
      case .librosa: .librosa(sampleRate)
      case .torchaudio: .torchaudio(sampleRate)
      case .psf: .psf(sampleRate)
      case .tensorflow: .tensorflow(sampleRate)
      case .htk: .htk(sampleRate)
      }
  }

  /// Sets window, hop and FFT length, and the options that depend on them.
  mutating func setLengths(sampleRate: Int, window: Int, hop: Int, fft: Int) {
    self.sampleRate = sampleRate
    windowLength = window
    hopLength = hop
    fftLength = fft
    binWidth = Double(sampleRate) / Double(fft)
    firstBin = 0
    lastBin = fft / 2
    highFrequency = Double(sampleRate) / 2
  }

  /// The smallest power of two that is at least `length`.
  static func powerOfTwo(atLeast length: Int) -> Int {
    var power = 2
    while power < length { power *= 2 }
    return power
  }
}

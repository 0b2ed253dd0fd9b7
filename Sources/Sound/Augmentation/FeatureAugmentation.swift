extension AugmentationOptions {
  /// Draws a random vocal tract length.
  ///
  /// - Parameter generator: Decides the draw.
  /// - Returns: A factor for ``FrontEnd/features(of:vocalTract:)``.
  public func vocalTractFactor(using generator: inout some RandomNumberGenerator) -> Float {
    guard let vocalTract, vocalTract > 0 else { return 1 }
    return 1 + generator.uniform(in: -vocalTract...vocalTract)
  }

  /// SpecAugment (Park and others 2019) without its time warp: hides bands of coefficients and
  /// frames.
  ///
  /// - Parameters:
  /// - features: (T, F) after normalisation, so that 0 is the mean of the training data and
  /// stands for "hidden".
  /// - generator: Decides every draw.
  public func mask(_ features: inout Features, using generator: inout some RandomNumberGenerator) {
    let (frames, coefficients) = (features.frameCount, features.featureCount)
    for _ in 0..<masks {
      let height = generator.index(below: min(maskedCoefficients, coefficients) + 1)
      let bottom = generator.index(below: coefficients - height + 1)
      // At most a fifth of a clip, so that a short word is never hidden completely.
      let width = generator.index(below: min(maskedFrames, frames / 5) + 1)
      let start = generator.index(below: frames - width + 1)
      for frame in 0..<frames {
        for coefficient in bottom..<bottom + height {
          features.values[frame * coefficients + coefficient] = 0
        }
      }
      for frame in start..<start + width {
        for coefficient in 0..<coefficients {
          features.values[frame * coefficients + coefficient] = 0
        }
      }
    }
  }
}

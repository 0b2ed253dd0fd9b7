import Sound

/// From a clip's samples to what the network reads: the one way there, in training and in use.
package enum ClipFeatures {
  /// The features of each window of a clip, in order; one for a clip that fits the window.
  package static func windows(
    of samples: [Float], window: ClipWindow, frontEnd: FrontEnd
  ) -> [Features] {
    let rate = frontEnd.options.sampleRate
    return window.windows(sampleCount: samples.count, sampleRate: rate).map { range in
      features(of: Array(samples[range]), window: window, frontEnd: frontEnd)
    }
  }

  /// The features of one window, padded with zeros where it is shorter than the window's minimum
  /// or than one analysis frame; in training with another length of vocal tract.
  package static func features(
    of samples: [Float], window: ClipWindow, frontEnd: FrontEnd, vocalTract: Float = 1
  ) -> Features {
    let padded = window.padded(samples, sampleRate: frontEnd.options.sampleRate)
    // The window rule never gives fewer samples than one analysis frame, so nothing can throw.
    return try! frontEnd.features(of: padded, vocalTract: vocalTract)
  }
}

import Sound

/// From the samples of one window to what the network reads, as training changes them.
package enum ClipFeatures {
  /// The features of samples that fit one window, padded with zeros where they are fewer than the
  /// window's minimum or than one analysis frame; in training with another length of vocal tract.
  package static func features(
    of samples: [Float], window: ClipWindow, frontEnd: FrontEnd, vocalTract: Float = 1
  ) -> Features {
    let padded = window.padded(samples, sampleRate: frontEnd.options.sampleRate)
    // The window rule never gives fewer samples than one analysis frame, so nothing can throw.
    return try! frontEnd.features(of: padded, vocalTract: vocalTract)
  }
}

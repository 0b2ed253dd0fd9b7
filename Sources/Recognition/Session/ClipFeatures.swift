import Sound

/// Computes the features of one window from its samples, with or without augmentation.
package enum ClipFeatures {
  /// The features of samples that fit into one window.
  ///
  /// Samples are padded with zeros up to the window's minimum and at least one analysis frame;
  /// training may change the vocal tract length.
  package static func features(
    of samples: [Float], window: ClipWindow, frontEnd: FrontEnd, vocalTract: Float = 1
  ) -> Features {
    let padded = window.padded(samples, sampleRate: frontEnd.options.sampleRate)
    // The window rule gives at least one analysis frame, so this cannot throw.
    return try! frontEnd.features(of: padded, vocalTract: vocalTract)
  }
}

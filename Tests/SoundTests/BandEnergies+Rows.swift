@testable import Sound

extension BandEnergies {
  /// (T, bands), one frame after the other.
  var rows: [Float] {
    get {
      let width = bands.count / max(1, frames.count)
      return (0..<frameCount).flatMap { t in
        (0..<width).map { bands[t / Lanes.count * width + $0][t % Lanes.count] }
      }
    }
    set {
      let width = newValue.count / max(1, frameCount)
      for t in 0..<frameCount {
        for band in 0..<width {
          bands[t / Lanes.count * width + band][t % Lanes.count] = newValue[t * width + band]
        }
      }
    }
  }
}

extension FrontEnd {
  /// The mel bands of a clip.
  func bandEnergies(of samples: [Float]) throws(FrontEndError) -> BandEnergies {
    let waveform = try waveform(of: samples)
    staticAnalysis.findEnergies(
      of: waveform.span, frames: frameCount(sampleCount: samples.count))
    return staticAnalysis.energies
  }

  /// The features that follow from mel bands.
  func features(of energies: BandEnergies) throws(FrontEndError) -> Features {
    var frames = StaticFrames(options)
    staticAnalysis.energies = energies
    staticAnalysis.appendCepstra(to: &frames)
    return try features(of: frames, in: 0..<frames.count)
  }
}

/// One mel band: a triangle over frequency.
struct MelTriangle {
  private let options: FrontEndOptions
  private let left: Double
  private let centre: Double
  private let right: Double
  private let height: Double

  /// (bands, bins): weights of the bins from `firstBin` to `lastBin`; the bands are spaced evenly
  /// in mel.
  static func rows(_ options: FrontEndOptions) -> [[Float]] {
    let corners = corners(options)
    return (0..<options.melBands).map { band in
      let triangle = MelTriangle(corners[band...band + 2], options)
      return (options.firstBin...options.lastBin).map { Float(triangle.weight(bin: $0)) }
    }
  }

  /// (bands + 2): the corners of all bands in mel; the centre of band b is at b + 1.
  static func corners(_ options: FrontEndOptions) -> [Double] {
    let low = options.melScale.mel(options.lowFrequency)
    let high = options.melScale.mel(options.highFrequency)
    return (0..<options.melBands + 2).map {
      low + (high - low) * Double($0) / Double(options.melBands + 1)
    }
  }

  /// Makes a band from its three corners in mel.
  private init(_ corners: ArraySlice<Double>, _ options: FrontEndOptions) {
    self.options = options
    let scale = options.melScale
    let places = corners.map { mel in
      switch options.melTriangles {
      case .mel: mel
      case .hertz: scale.frequency(mel)
      case .bins:
        (Double(options.fftLength + 1) * scale.frequency(mel) / Double(options.sampleRate))
          .rounded(.down)
      }
    }
    (left, centre, right) = (places[0], places[1], places[2])
    let hertz = corners.map { scale.frequency($0) }
    height = options.melNormalization == .area ? 2 / (hertz[2] - hertz[0]) : 1
  }

  /// Weight of a Fourier bin: 0 at the outer corners and beyond, the full height at the centre.
  private func weight(bin: Int) -> Double {
    let frequency = Double(bin) * options.binWidth
    let place =
      switch options.melTriangles {
      case .mel: options.melScale.mel(frequency)
      case .hertz: frequency
      case .bins: Double(bin)
      }
    if place < left || place > right { return 0 }
    // The rising side excludes the centre: bands with edges rounded to bins may lack one side.
    if place < centre { return height * (place - left) / (centre - left) }
    return place < right ? height * (right - place) / (right - centre) : 0
  }
}

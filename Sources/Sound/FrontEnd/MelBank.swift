/// Triangular mel bands over Fourier bins; only the weights that are not zero are kept.
struct MelBank {
  /// One band: weights of the bins from `firstBin` on.
  struct Band {
    var firstBin: Int
    var weights: [Float]
  }

  /// The bands, low to high; an empty band has no weights.
  let bands: [Band]

  init(_ options: FrontEndOptions) {
    let scale = options.melScale
    let low = scale.mel(options.lowFrequency)
    let high = scale.mel(options.highFrequency)
    let edges = (0..<options.melBands + 2).map {
      low + (high - low) * Double($0) / Double(options.melBands + 1)
    }
    bands = (0..<options.melBands).map { band in
      let corners = edges[band...band + 2].map { mel in
        switch options.melTriangles {
        case .mel: mel
        case .hertz: scale.frequency(mel)
        case .bins:
          (Double(options.fftLength + 1) * scale.frequency(mel) / Double(options.sampleRate))
            .rounded(.down)
        }
      }
      let width = scale.frequency(edges[band + 2]) - scale.frequency(edges[band])
      let height = options.melNormalization == .area ? 2 / width : 1
      let weights = (options.firstBin...options.lastBin).map { bin -> Float in
        let frequency = Double(bin) * options.binWidth
        let place =
          switch options.melTriangles {
          case .mel: scale.mel(frequency)
          case .hertz: frequency
          case .bins: Double(bin)
          }
        return Float(height * Self.triangle(place, corners[0], corners[1], corners[2]))
      }
      return Self.trimmed(weights, from: options.firstBin)
    }
  }

  /// 0 at the outer corners, 1 at the middle one, linear between.
  private static func triangle(
    _ place: Double, _ left: Double, _ centre: Double, _ right: Double
  ) -> Double {
    if place == centre { return 1 }
    if place <= left || place >= right { return 0 }
    return place < centre ? (place - left) / (centre - left) : (right - place) / (right - centre)
  }

  private static func trimmed(_ weights: [Float], from firstBin: Int) -> Band {
    guard let first = weights.firstIndex(where: { $0 > 0 }),
      let last = weights.lastIndex(where: { $0 > 0 })
    else { return Band(firstBin: firstBin, weights: []) }
    return Band(firstBin: firstBin + first, weights: Array(weights[first...last]))
  }

  /// Numbers of the bands, from 0, into which no bin falls.
  var emptyBands: [Int] { bands.indices.filter { bands[$0].weights.isEmpty } }
}

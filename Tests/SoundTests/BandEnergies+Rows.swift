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

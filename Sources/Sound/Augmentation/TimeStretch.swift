import Glibc

/// Changes a clip's length and keeps its pitch: overlapping pieces are placed at new distances,
/// each moved to where it fits the output so far (WSOLA, Verhelst and Roelands 1993).
struct TimeStretch {
  /// Length of a piece, in seconds; about three periods of a low voice.
  private static let pieceSeconds = 0.03
  /// How far a piece may move in either direction to fit, in seconds: half a period of a low voice.
  private static let searchSeconds = 0.006

  /// `samples` made `factor` times as long.
  static func applied(to samples: [Float], factor: Float, sampleRate: Int) -> [Float] {
    let hop = max(1, Int(pieceSeconds / 2 * Double(sampleRate)))
    let piece = 2 * hop
    let search = Int(searchSeconds * Double(sampleRate))
    guard factor != 1, samples.count > piece + 2 * search else { return samples }
    let count = Int(Float(samples.count) * factor)
    let window = (0..<piece).map { index in
      0.5 - 0.5 * cosf(2 * .pi * (Float(index) + 0.5) / Float(piece))
    }
    var output = [Float](repeating: 0, count: count + piece)
    var previous = 0
    for start in stride(from: 0, to: count, by: hop) {
      let wanted = min(Int(Float(start) / factor), samples.count - piece)
      // The overlap should sound like the continuation of the piece before.
      let place =
        start == 0 || previous + hop + piece > samples.count
        ? wanted
        : bestPlace(near: wanted, within: search, like: previous + hop, length: hop, in: samples)
      for index in 0..<piece { output[start + index] += window[index] * samples[place + index] }
      previous = place
    }
    // The first half piece has no piece before it to overlap with.
    for index in 0..<hop { output[index] += window[index + hop] * samples[index] }
    output.removeLast(piece)
    return output
  }

  /// The place within `search` of `wanted` where the samples are most similar to those at `target`.
  ///
  /// Compares every third sample at every second place, which is fine enough for voiced speech.
  private static func bestPlace(
    near wanted: Int, within search: Int, like target: Int, length: Int, in samples: [Float]
  ) -> Int {
    let places = max(0, wanted - search)...min(samples.count - 2 * length, wanted + search)
    var best = (place: wanted, fit: -Float.infinity)
    samples.withUnsafeBufferPointer { samples in
      for place in stride(from: places.lowerBound, through: places.upperBound, by: 2) {
        var (product, energy): (Float, Float) = (0, 1e-12)
        for index in stride(from: 0, to: length, by: 3) {
          product += samples[place + index] * samples[target + index]
          energy += samples[place + index] * samples[place + index]
        }
        let fit = product / energy.squareRoot()
        if fit > best.fit { best = (place, fit) }
      }
    }
    return best.place
  }
}

/// Slopes of the features over time, appended as further columns.
struct Deltas: Stage {
  private let order: Int
  private let rule: DeltaRule
  private let reach: Int

  init(_ options: FrontEndOptions) {
    order = options.deltaOrder
    rule = options.deltaRule
    reach = options.deltaReach
  }

  /// Deltas of deltas reach twice as far; at the start of a clip a Savitzky-Golay filter needs its
  /// whole window.
  var lookahead: Lookahead {
    if order == 0 { return .frames(0) }
    return .frames(rule == .regression ? order * reach : 2 * reach)
  }

  /// Appends the slopes: (T, F) becomes (T, F * (order + 1)).
  /// - Throws: ``FrontEndError/tooFewFrames(frames:needed:)``, only for a Savitzky-Golay filter.
  func appended(to values: [Float], width: Int) throws(FrontEndError) -> [Float] {
    if order == 0 { return values }
    let frames = values.count / width
    let needed = 2 * reach + 1
    if rule == .savitzkyGolay && frames < needed {
      throw .tooFewFrames(frames: frames, needed: needed)
    }
    var columns = [values]
    for order in 1...order {
      switch rule {
      case .regression: columns.append(regression(columns[order - 1], width: width))
      case .savitzkyGolay:
        columns.append(savitzkyGolay(values, width: width, order: order))
      }
    }
    var rows = [Float](repeating: 0, count: frames * width * columns.count)
    for (place, column) in columns.enumerated() {
      for t in 0..<frames {
        let start = (t * columns.count + place) * width
        for k in 0..<width { rows[start + k] = column[t * width + k] }
      }
    }
    return rows
  }

  /// Least-squares slope: sum n (x[t+n] - x[t-n]) / (2 sum n^2), with the edge frames repeated
  /// outside.
  private func regression(_ values: [Float], width: Int) -> [Float] {
    filtered(values, width: width, weights: weights(order: 1)) { $0 }
  }

  /// Weights of the neighbours from -reach to reach in a slope of the given order.
  ///
  /// A regression has the same for every order, as its second slope is the slope of the first.
  func weights(order: Int) -> [Float] {
    let places = (-reach...reach).map { Double($0) }
    guard rule == .savitzkyGolay else {
      let total = places.reduce(0) { $0 + $1 * $1 }
      return places.map { Float($0 / total) }
    }
    let mean = order == 1 ? 0 : places.reduce(0) { $0 + $1 * $1 } / Double(places.count)
    let basis = places.map { (order == 1 ? $0 : $0 * $0) - mean }
    let total = basis.reduce(0) { $0 + $1 * $1 } / Double(order)
    return basis.map { Float($0 / total) }
  }

  /// Derivative of the given order of a polynomial of that order, fitted over 2 * reach + 1 frames.
  ///
  /// At the edges the polynomial of the nearest whole window is extrapolated; its highest
  /// derivative is a constant. The second is not the slope of the first.
  private func savitzkyGolay(_ values: [Float], width: Int, order: Int) -> [Float] {
    let last = values.count / width - 1 - reach
    return filtered(values, width: width, weights: weights(order: order)) {
      min(max($0, reach), last)
    }
  }

  /// Weighted sum over the neighbours of frame `centre(t)`.
  private func filtered(
    _ values: [Float], width: Int, weights: [Float], centre: (Int) -> Int
  ) -> [Float] {
    let frames = values.count / width
    var result = [Float](repeating: 0, count: values.count)
    for t in 0..<frames {
      let middle = centre(t)
      for (index, weight) in weights.enumerated() {
        let neighbour = min(max(middle + index - reach, 0), frames - 1)
        for k in 0..<width { result[t * width + k] += weight * values[neighbour * width + k] }
      }
    }
    return result
  }
}

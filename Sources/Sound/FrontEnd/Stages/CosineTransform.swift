import Glibc

/// The DCT-II that turns the log mel bands of each frame into cepstral coefficients.
struct CosineTransform: Stage {
  /// (coefficients, bands): row k is scale * cos(pi k (n + 1/2) / N).
  let matrix: [Float]
  private let bands: Int
  private let coefficients: Int

  init(bands: Int, coefficients: Int, scale: CosineScale) {
    self.bands = bands
    self.coefficients = coefficients
    let count = Double(bands)
    matrix = (0..<coefficients).flatMap { k in
      let isConstantRow = k == 0 && scale == .orthonormal
      let height = (isConstantRow ? 1 / count : 2 / count).squareRoot()
      return (0..<bands).map { n in
        Float(height * cos(.pi * Double(k) * (Double(n) + 0.5) / count))
      }
    }
  }

  var lookahead: Lookahead { .frames(0) }

  /// Turns logarithms (blocks, bands) into (T, coefficients); reuses the memory of `cepstra`.
  ///
  /// Row k is symmetric for even k and antisymmetric for odd k, which halves the products: x[n] +
  /// x[N-1-n] for even k, x[n] - x[N-1-n] for odd.
  func apply(to logarithms: [Lanes], frames: Int, into cepstra: inout [Float]) {
    cepstra.removeAll(keepingCapacity: true)
    cepstra.append(contentsOf: repeatElement(0, count: frames * coefficients))
    var sums = [Lanes](repeating: Lanes(), count: (bands + 1) / 2)
    var differences = sums
    for block in 0..<Lanes.blocks(frames: frames) {
      fold(logarithms[block * bands..<(block + 1) * bands], into: &sums, and: &differences)
      let first = block * Lanes.count
      let lanes = min(Lanes.count, frames - first)
      for k in stride(from: 0, to: coefficients, by: 2) {
        put(product(row: k, sums), into: &cepstra, at: first * coefficients + k, lanes: lanes)
      }
      for k in stride(from: 1, to: coefficients, by: 2) {
        put(
          product(row: k, differences), into: &cepstra, at: first * coefficients + k, lanes: lanes)
      }
    }
  }

  private func fold(
    _ values: ArraySlice<Lanes>, into sums: inout [Lanes], and differences: inout [Lanes]
  ) {
    for n in sums.indices {
      let (up, down) = (values[values.startIndex + n], values[values.endIndex - 1 - n])
      // With an odd number of bands the middle one has no partner; odd rows are zero there.
      let isMiddle = 2 * n + 1 == bands
      sums[n] = isMiddle ? up : up + down
      differences[n] = isMiddle ? Lanes() : up - down
    }
  }

  /// Sum over n of matrix[k, n] x[n], in four partial sums, which also reduces rounding errors.
  private func product(row k: Int, _ values: [Lanes]) -> Lanes {
    var parts = (Lanes(), Lanes(), Lanes(), Lanes())
    let row = k * bands
    var n = 0
    while n + 4 <= values.count {
      parts.0 += matrix[row + n] * values[n]
      parts.1 += matrix[row + n + 1] * values[n + 1]
      parts.2 += matrix[row + n + 2] * values[n + 2]
      parts.3 += matrix[row + n + 3] * values[n + 3]
      n += 4
    }
    while n < values.count {
      parts.0 += matrix[row + n] * values[n]
      n += 1
    }
    return (parts.0 + parts.1) + (parts.2 + parts.3)
  }

  /// Writes one coefficient of several frames into their rows.
  private func put(_ value: Lanes, into cepstra: inout [Float], at place: Int, lanes: Int) {
    if lanes == Lanes.count {
      // Written out, since a lane index that is not a constant goes through memory.
      cepstra[place] = value[0]
      cepstra[place + coefficients] = value[1]
      cepstra[place + 2 * coefficients] = value[2]
      cepstra[place + 3 * coefficients] = value[3]
      cepstra[place + 4 * coefficients] = value[4]
      cepstra[place + 5 * coefficients] = value[5]
      cepstra[place + 6 * coefficients] = value[6]
      cepstra[place + 7 * coefficients] = value[7]
    } else {
      for lane in 0..<lanes { cepstra[place + lane * coefficients] = value[lane] }
    }
  }
}

import Glibc

/// The DCT-II that turns log mel bands into cepstral coefficients, as a matrix.
struct CosineTransform {
  /// (coefficients, bands): row k is scale * cos(pi k (n + 1/2) / N).
  let matrix: [Float]
  let bands: Int
  let coefficients: Int

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
}

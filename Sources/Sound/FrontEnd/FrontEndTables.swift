/// The numbers that a front end works with, for those who write it down in another language.
package struct FrontEndTables {
  /// (N): the analysis window.
  package let window: [Double]
  /// (bands, bins): weights of the Fourier bins from `firstBin` to `lastBin`.
  package let melBands: [[Float]]
  /// (coefficients, bands): the cosine transform.
  package let cosines: [[Float]]
  /// (coefficients): what the lifter weighs them by; nil where it is off.
  package let lifter: [Float]?
  /// (orders, 2 * reach + 1): weights of a frame's neighbours in its slopes.
  package let slopes: [[Float]]

  /// The tables of a recipe that has been checked.
  package init(_ options: FrontEndOptions) {
    window = options.window.values(count: options.windowLength)
    melBands =
      options.melPrecision == .single
      ? SingleMelTriangle.rows(options) : MelTriangle.rows(options)
    let matrix = CosineTransform(
      bands: options.melBands, coefficients: options.coefficients, scale: options.cosineScale
    ).matrix
    cosines = (0..<options.coefficients).map { row in
      Array(matrix[row * options.melBands..<(row + 1) * options.melBands])
    }
    lifter = Lifter(options)?.weights
    let deltas = Deltas(options)
    slopes = (0..<options.deltaOrder).map { deltas.weights(order: $0 + 1) }
  }
}

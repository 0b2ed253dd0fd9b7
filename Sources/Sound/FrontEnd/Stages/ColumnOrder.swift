/// Moves the first coefficient behind the others, as HTK writes it.
struct ColumnOrder: Stage {
  private let coefficients: Int

  /// Nil if the order stays.
  init?(_ options: FrontEndOptions) {
    guard options.zerothLast else { return nil }
    coefficients = options.coefficients
  }

  var lookahead: Lookahead { .frames(0) }

  /// (T, coefficients), in place.
  func apply(to cepstra: inout [Float]) {
    for start in stride(from: 0, to: cepstra.count, by: coefficients) {
      let first = cepstra[start]
      for k in 1..<coefficients { cepstra[start + k - 1] = cepstra[start + k] }
      cepstra[start + coefficients - 1] = first
    }
  }
}

import Glibc

/// Multiplies cepstral coefficients by 1 + L/2 sin(pi n / L), which raises the high ones.
struct Lifter: Stage {
  /// (coefficients).
  let weights: [Float]

  /// Nil if the lifter is off.
  init?(_ options: FrontEndOptions) {
    guard options.lifter > 0 else { return nil }
    let length = options.lifter
    let start = options.lifterStart == .one ? 1 : 0
    weights = (0..<options.coefficients).map {
      Float(1 + length / 2 * sin(.pi * Double($0 + start) / length))
    }
  }

  var lookahead: Lookahead { .frames(0) }

  /// (T, coefficients), in place.
  func apply(to cepstra: inout [Float]) {
    for start in stride(from: 0, to: cepstra.count, by: weights.count) {
      for k in weights.indices { cepstra[start + k] *= weights[k] }
    }
  }
}

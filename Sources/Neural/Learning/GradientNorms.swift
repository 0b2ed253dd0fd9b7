/// Norms of one step's gradients, and gradient clipping by them.
///
/// Sums are in Double, in the order of the layout.
public struct GradientNorms: Sendable {
  /// The root of the sum of squares of all gradients.
  public let total: Double
  /// The norm of each group of parameters, in the order of `layout.groups`.
  public let groups: [Double]

  /// Computes the norms of `gradients`, which are ordered as in `layout`.
  @specialized(where Scalar == Float)
  public init<Scalar: NeuralScalar>(_ gradients: [Scalar], _ layout: ParameterLayout) {
    precondition(
      gradients.count == layout.count, "\(gradients.count) gradients of \(layout.count)")
    // Summed separately: the sum of the groups' sums would round differently and change the last
    // digits of a clipped training.
    total = Self.squaredNorm(gradients, gradients.indices).squareRoot()
    groups = layout.groups.map { group in
      let squares = layout.entries.filter { $0.role.group == group }.map {
        Self.squaredNorm(gradients, $0.range)
      }
      return squares.reduce(0, +).squareRoot()
    }
  }

  /// Scales these gradients so that their total norm is at most `maximum` (Pascanu and others
  /// 2013).
  ///
  /// Gradients that are not finite stay unchanged: the caller checks the norm.
  ///
  /// - Returns: Whether they were scaled.
  @specialized(where Scalar == Float)
  public func clip<Scalar: NeuralScalar>(_ gradients: inout [Scalar], to maximum: Double) -> Bool {
    guard total > maximum && total.isFinite else { return false }
    let scale = Scalar(maximum / total)
    for index in gradients.indices { gradients[index] *= scale }
    return true
  }

  private static func squaredNorm<Scalar: NeuralScalar>(
    _ gradients: [Scalar], _ range: Range<Int>
  ) -> Double {
    let numbers = gradients.span.extracting(range)
    // Eight independent sums run in parallel in the processor.
    var sums = SIMD8<Double>.zero
    var index = 0
    while index + 8 <= numbers.count {
      var values = SIMD8<Double>.zero
      for lane in 0..<8 { values[lane] = Double(numbers[unchecked: index + lane]) }
      sums += values * values
      index += 8
    }
    while index < numbers.count {
      sums[0] += Double(numbers[index]) * Double(numbers[index])
      index += 1
    }
    return sums.sum()
  }
}

/// Norms of gradients, and keeping them within bounds.
///
/// Sums are in Double, in the order of the layout.
public enum GradientNorm {
  /// The root of the sum of squares of the numbers in `range`.
  @specialized(where Scalar == Float)
  public static func norm<Scalar: NeuralScalar>(
    _ gradients: [Scalar], in range: Range<Int>
  ) -> Double {
    squaredNorm(gradients, range).squareRoot()
  }

  /// The norm of each group of parameters, in the order of `layout.groups`.
  @specialized(where Scalar == Float)
  public static func byGroup<Scalar: NeuralScalar>(
    _ gradients: [Scalar], _ layout: ParameterLayout
  ) -> [(group: String, norm: Double)] {
    layout.groups.map { group in
      let squares = layout.entries.filter { $0.group == group }.map {
        squaredNorm(gradients, $0.range)
      }
      return (group, squares.reduce(0, +).squareRoot())
    }
  }

  /// Scales all gradients so that their common norm is at most `maximum` (Pascanu and others 2013).
  ///
  /// Gradients that are not finite stay as they are: the caller sees it by the norm.
  ///
  /// - Returns: The norm before.
  @specialized(where Scalar == Float)
  public static func clip<Scalar: NeuralScalar>(
    _ gradients: inout [Scalar], toNorm maximum: Double
  ) -> Double {
    let norm = norm(gradients, in: gradients.indices)
    if norm > maximum && norm.isFinite {
      let scale = Scalar(maximum / norm)
      for index in gradients.indices { gradients[index] *= scale }
    }
    return norm
  }

  private static func squaredNorm<Scalar: NeuralScalar>(
    _ gradients: [Scalar], _ range: Range<Int>
  ) -> Double {
    let numbers = gradients.span.extracting(range)
    // Eight sums side by side do not wait for one another.
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

// What a number type gets that brings nothing faster.
extension NeuralScalar {
  /// The product as three loops.
  public static func multiply(
    _ a: Matrix<Self>, _ b: PackedMatrix<Self>, into c: Matrix<Self>, accumulating: Bool
  ) {
    PlainProducts.multiply(a, b, into: c, accumulating: accumulating)
  }

  /// The product as three loops.
  public static func multiplyTransposed(
    _ a: Matrix<Self>, _ b: Matrix<Self>, addingTo c: Matrix<Self>
  ) {
    PlainProducts.multiplyTransposed(a, b, addingTo: c)
  }

  /// The cell by its equations.
  public static func cellForward(_ step: LSTMStep<Self>, bias: Matrix<Self>) {
    LSTMCell.forward(step, bias: bias)
  }

  /// The cell by its equations, backward.
  public static func cellBackward(
    _ step: LSTMStep<Self>, hiddenGradient: Matrix<Self>, cellGradient: Matrix<Self>,
    biasGradient: Matrix<Self>
  ) {
    LSTMCell.backward(
      step, hiddenGradient: hiddenGradient, cellGradient: cellGradient, biasGradient: biasGradient)
  }

  /// Dropout number by number.
  public static func drop(
    _ numbers: UnsafeMutableBufferPointer<Self>, place: UInt64, threshold: UInt32, scale: Self
  ) {
    Dropout.drop(numbers, place: place, threshold: threshold, scale: scale)
  }

  /// The sum number by number.
  public static func add(
    _ scale: Self, _ terms: UnsafeBufferPointer<Self>,
    to sums: UnsafeMutableBufferPointer<Self>
  ) {
    for index in sums.indices { sums[index] += scale * terms[index] }
  }

  /// Adam by its formulas.
  public static func adamStep(
    _ parameters: inout [Self], _ gradients: [Self], means: inout [Self], squares: inout [Self],
    in range: Range<Int>, _ rates: AdamRates<Self>
  ) {
    rates.step(&parameters, gradients, means: &means, squares: &squares, in: range)
  }
}

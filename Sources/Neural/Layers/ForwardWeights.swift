/// A matrix of weights for the forward pass, as it is multiplied.
enum ForwardWeights<Scalar: NeuralScalar> {
  case numbers(PackedMatrix<Scalar>)
  /// In 8 bits. What it is multiplied by is rounded to 8 bits too, row by row.
  case int8(Int8Matrix<Scalar>)

  /// Makes a matrix of zeros.
  init(depth: Int, columns: Int, isInt8: Bool) {
    self =
      isInt8
      ? .int8(Int8Matrix(depth: depth, columns: columns))
      : .numbers(PackedMatrix(depth: depth, columns: columns))
  }

  /// Copies the transpose of a (columns, depth) matrix; `scales` are those of its rows in 8 bits.
  func pack(transposing matrix: Matrix<Scalar>, scales: [Scalar]?) {
    switch self {
    case .numbers(let packed): packed.pack(transposing: matrix)
    case .int8(let packed):
      guard let scales else { preconditionFailure("weights in 8 bits without scales") }
      packed.pack(transposing: matrix, scales: scales)
    }
  }
}

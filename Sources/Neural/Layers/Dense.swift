/// The output layer: logits = pooled W^T + b.
struct Dense<Scalar: NeuralScalar> {
  private let kernels = Scalar.kernels

  /// Computes `logits` (B, C) from `pooled` (B, P).
  func forward(
    _ pooled: Matrix<Scalar>, _ weights: PackedWeights<Scalar>.Output, logits: Matrix<Scalar>
  ) {
    kernels.multiply(pooled, weights.forward, into: logits, accumulating: false)
    for row in 0..<logits.rows {
      for column in 0..<logits.columns { logits[row, column] += weights.bias.view[0, column] }
    }
  }

  /// Computes dL/dpooled (B, P) from dL/dlogits (B, C), and adds to the gradients of W and b.
  func backward(
    _ logitsGradient: Matrix<Scalar>, pooled: Matrix<Scalar>,
    _ weights: PackedWeights<Scalar>.Output, pooledGradient: Matrix<Scalar>,
    gradients: LinearTensors<Scalar>
  ) {
    // forward: logits = pooled W^T + b
    kernels.multiply(
      logitsGradient, weights.backward!, into: pooledGradient, accumulating: false)
    kernels.multiplyTransposed(logitsGradient, pooled, addingTo: gradients.weight)
    for row in 0..<logitsGradient.rows {
      for column in 0..<logitsGradient.columns {
        gradients.bias[0, column] += logitsGradient[row, column]
      }
    }
  }
}

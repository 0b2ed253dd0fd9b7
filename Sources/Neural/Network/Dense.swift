/// The output layer: logits = pooled W^T + b.
enum Dense<Scalar: NeuralScalar> {
  /// From `pooled` (B, P) to `logits` (B, C).
  static func forward(
    _ pooled: Matrix<Scalar>, _ weights: PackedWeights<Scalar>, logits: Matrix<Scalar>
  ) {
    Scalar.multiply(pooled, weights.outputForward, into: logits, accumulating: false)
    for row in 0..<logits.rows {
      for column in 0..<logits.columns {
        logits[row, column] += weights.outputBias.view[0, column]
      }
    }
  }

  /// From dL/dlogits (B, C) to dL/dpooled (B, P), written, and the gradients of W and b, added.
  static func backward(
    _ logitsGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, _ weights: PackedWeights<Scalar>,
    pooledGradient: Matrix<Scalar>, gradients: GradientBuffer<Scalar>
  ) {
    // forward: logits = pooled W^T + b
    Scalar.multiply(
      logitsGradient, weights.outputBackward!, into: pooledGradient, accumulating: false)
    Scalar.multiplyTransposed(logitsGradient, pooled, addingTo: gradients["output.weight"])
    let biasGradient = gradients["output.bias"]
    for row in 0..<logitsGradient.rows {
      for column in 0..<logitsGradient.columns {
        biasGradient[0, column] += logitsGradient[row, column]
      }
    }
  }
}

/// From the states of all frames to one vector a sequence, in the way that the shape names.
final class PoolingLayer<Scalar: NeuralScalar> {
  private let pooling: Pooling
  private let width: Int
  private let attention = AttentionPooling<Scalar>()

  init(_ shape: NetworkShape) {
    pooling = shape.pooling
    width = 2 * shape.hidden
  }

  /// From `output` (T, B, 2H) to `pooled` (B, P).
  func forward(
    _ output: Frames<Scalar>, _ weights: PackedWeights<Scalar>, _ shard: Shard,
    pooled: Matrix<Scalar>
  ) {
    switch pooling {
    case .last:
      LastPooling.forward(output, shard, pooled: pooled)
    case .mean:
      MeanPooling.forward(output, shard, pooled: pooled)
    case .attention, .attentionMean:
      guard let weight = weights.attention else { preconditionFailure("no attention weights") }
      attention.forward(output, weight: weight.view, shard, pooled: pooled.columns(0..<width))
      if pooling == .attentionMean {
        MeanPooling.forward(output, shard, pooled: pooled.columns(width..<2 * width))
      }
    }
  }

  /// From dL/dpooled (B, P) to `outputGradient` (T, B, 2H) and the score's gradient, added.
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, output: Frames<Scalar>,
    _ weights: PackedWeights<Scalar>, _ shard: Shard, outputGradient: Frames<Scalar>,
    gradients: GradientBuffer<Scalar>
  ) {
    switch pooling {
    case .last:
      LastPooling.backward(pooledGradient, shard, outputGradient: outputGradient)
    case .mean:
      MeanPooling.backward(pooledGradient, shard, outputGradient: outputGradient)
    case .attention, .attentionMean:
      guard let weight = weights.attention else { preconditionFailure("no attention weights") }
      attention.backward(
        pooledGradient.columns(0..<width), pooled: pooled.columns(0..<width), output: output,
        weight: weight.view, shard, outputGradient: outputGradient,
        weightGradient: gradients["attention.weight"])
      if pooling == .attentionMean {
        MeanPooling.backward(
          pooledGradient.columns(width..<2 * width), shard, outputGradient: outputGradient)
      }
    }
  }
}

/// The mean over a sequence's frames, without padding.
final class MeanPooling<Scalar: NeuralScalar>: PoolingLayer {
  private let kernels = Scalar.kernels

  init(_ shape: NetworkShape) {}

  @specialized(where Scalar == Float)
  func forward(
    _ states: Frames<Scalar>, _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch,
    pooled: Matrix<Scalar>
  ) {
    pooled.clear()
    for t in 0..<subBatch.frameCount {
      let frame = states[t]
      for row in 0..<subBatch.active[t] {
        kernels.addRow(
          row, of: frame, times: 1 / Scalar(subBatch.lengths[row]), toRow: row, of: pooled)
      }
    }
  }

  @specialized(where Scalar == Float)
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, states: Frames<Scalar>,
    _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch, stateGradients: Frames<Scalar>,
    gradients: LinearTensors<Scalar>?
  ) {
    for t in 0..<subBatch.frameCount {
      let frameGradient = stateGradients[t]
      for row in 0..<subBatch.active[t] {
        // forward: pooled += frame / length
        kernels.addRow(
          row, of: pooledGradient, times: 1 / Scalar(subBatch.lengths[row]), toRow: row,
          of: frameGradient)
      }
    }
  }
}

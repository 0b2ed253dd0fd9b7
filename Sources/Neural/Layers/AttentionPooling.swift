/// A mean over the frames, weighted by softmax over the frames of a learned score:
/// score_t = w h_t, share = softmax(score), pooled = sum of share_t h_t.
///
/// The score has a bias, as in PyTorch's `Linear`, but softmax cancels it.
final class AttentionPooling<Scalar: NeuralScalar>: PoolingLayer {
  private let kernels = Scalar.kernels
  /// (T, B): the scores, then the shares; only for rows that have a frame t.
  private var shares: [[Scalar]] = []

  init(_ shape: NetworkShape) {}

  static func parameters(states: Int) -> (weight: [Int], bias: [Int])? { ([1, states], [1]) }

  @specialized(where Scalar == Float)
  func forward(
    _ states: Frames<Scalar>, _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch,
    pooled: Matrix<Scalar>
  ) {
    let weight = parameters!.weight
    shares = (0..<subBatch.frameCount).map { t in
      (0..<subBatch.active[t]).map { row in states[t].dot(row, weight, 0) }
    }
    for (row, length) in subBatch.lengths.enumerated() {
      let highest = (0..<length).reduce(shares[0][row]) { max($0, shares[$1][row]) }
      var sum: Scalar = 0
      for t in 0..<length {
        shares[t][row] = Scalar.exponential(shares[t][row] - highest)
        sum += shares[t][row]
      }
      for t in 0..<length { shares[t][row] /= sum }
    }
    pooled.clear()
    for t in 0..<subBatch.frameCount {
      let frame = states[t]
      for row in 0..<subBatch.active[t] {
        kernels.addRow(row, of: frame, times: shares[t][row], toRow: row, of: pooled)
      }
    }
  }

  @specialized(where Scalar == Float)
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, states: Frames<Scalar>,
    _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch, stateGradients: Frames<Scalar>,
    gradients: LinearTensors<Scalar>?
  ) {
    let (weight, weightGradient) = (parameters!.weight, gradients!.weight)
    // forward: pooled = sum of share_t h_t, so dShare_t = dPooled h_t, and the sum of share_t dShare_t
    // is dPooled pooled
    let sums = subBatch.lengths.indices.map { pooledGradient.dot($0, pooled, $0) }
    for t in 0..<subBatch.frameCount {
      let frame = states[t]
      let frameGradient = stateGradients[t]
      for row in 0..<subBatch.active[t] {
        let share = shares[t][row]
        let dShare = pooledGradient.dot(row, frame, row)
        // forward: share = softmax(score)
        let dScore = share * (dShare - sums[row])
        // forward: pooled += share h
        kernels.addRow(row, of: pooledGradient, times: share, toRow: row, of: frameGradient)
        // forward: score = w h
        kernels.addRow(0, of: weight, times: dScore, toRow: row, of: frameGradient)
        kernels.addRow(row, of: frame, times: dScore, toRow: 0, of: weightGradient)
      }
    }
  }
}

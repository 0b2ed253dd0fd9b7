/// A mean over the frames, weighted by softmax over the frames of a learned score:
/// score_t = w h_t, share = softmax(score), pooled = sum of share_t h_t.
///
/// The score's bias is a parameter as in PyTorch's `Linear`, but softmax forgets it.
final class AttentionPooling<Scalar: NeuralScalar> {
  /// (T, B): the scores, then the shares.
  ///
  /// One column a row of the shard.
  private var shares: [[Scalar]] = []

  /// From `output` (T, B, 2H) to `pooled` (B, 2H), with `weight` (1, 2H).
  func forward(
    _ output: Frames<Scalar>, weight: Matrix<Scalar>, _ shard: Shard, pooled: Matrix<Scalar>
  ) {
    shares = (0..<shard.frameCount).map { t in
      (0..<shard.active[t]).map { row in output[t].dot(row, weight, 0) }
    }
    for (row, length) in shard.lengths.enumerated() {
      let highest = (0..<length).reduce(shares[0][row]) { max($0, shares[$1][row]) }
      var sum: Scalar = 0
      for t in 0..<length {
        shares[t][row] = Scalar.exponential(shares[t][row] - highest)
        sum += shares[t][row]
      }
      for t in 0..<length { shares[t][row] /= sum }
    }
    pooled.clear()
    for t in 0..<shard.frameCount {
      let frame = output[t]
      for row in 0..<shard.active[t] {
        pooled.addToRow(row, shares[t][row], frame, row)
      }
    }
  }

  /// From dL/dpooled (B, 2H) to `outputGradient` (T, B, 2H) and `weightGradient` (1, 2H), added.
  ///
  /// `pooled` is what `forward` made.
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, output: Frames<Scalar>,
    weight: Matrix<Scalar>, _ shard: Shard, outputGradient: Frames<Scalar>,
    weightGradient: Matrix<Scalar>
  ) {
    // forward: pooled = sum of share_t h_t, so dShare_t = dPooled h_t, and the sum of share_t dShare_t
    // is dPooled pooled
    let sums = shard.lengths.indices.map { pooledGradient.dot($0, pooled, $0) }
    for t in 0..<shard.frameCount {
      let frame = output[t]
      let frameGradient = outputGradient[t]
      for row in 0..<shard.active[t] {
        let share = shares[t][row]
        let dShare = pooledGradient.dot(row, frame, row)
        // forward: share = softmax(score)
        let dScore = share * (dShare - sums[row])
        // forward: pooled.addToRow(row, share, frame, row)
        frameGradient.addToRow(row, share, pooledGradient, row)
        // forward: score = w h
        frameGradient.addToRow(row, dScore, weight, 0)
        weightGradient.addToRow(0, dScore, frame, row)
      }
    }
  }
}

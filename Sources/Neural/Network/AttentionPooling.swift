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
      (0..<shard.active[t]).map { row in dot(output[t], row, weight, 0) }
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
    for t in 0..<shard.frameCount {
      let frame = output[t]
      let frameGradient = outputGradient[t]
      for row in 0..<shard.active[t] {
        let share = shares[t][row]
        // forward: pooled = sum of share_t h_t, so dL/dshare_t = dPooled h_t;
        // forward: share = softmax(score), so dScore_t = share_t (dShare_t - sum of share dShare),
        // and that sum is dPooled pooled
        let dScore =
          share * (dot(frame, row, pooledGradient, row) - dot(pooled, row, pooledGradient, row))
        // forward: pooled.addToRow(row, share, frame, row)
        frameGradient.addToRow(row, share, pooledGradient, row)
        // forward: score = w h
        frameGradient.addToRow(row, dScore, weight, 0)
        weightGradient.addToRow(0, dScore, frame, row)
      }
    }
  }

  /// The product of row `i` of `a` and row `j` of `b`.
  private func dot(_ a: Matrix<Scalar>, _ i: Int, _ b: Matrix<Scalar>, _ j: Int) -> Scalar {
    var sum: Scalar = 0
    for column in 0..<a.columns { sum += a[i, column] * b[j, column] }
    return sum
  }
}

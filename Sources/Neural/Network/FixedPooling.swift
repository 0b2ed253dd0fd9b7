/// The last state of each direction: the forward one of a sequence's last frame, the reverse one of
/// its first frame.
enum LastPooling<Scalar: NeuralScalar> {
  /// From `output` (T, B, 2H) to `pooled` (B, 2H).
  static func forward(_ output: Frames<Scalar>, _ shard: Shard, pooled: Matrix<Scalar>) {
    let hidden = pooled.columns / 2
    for (row, length) in shard.lengths.enumerated() {
      for unit in 0..<hidden {
        pooled[row, unit] = output[length - 1][row, unit]
        pooled[row, hidden + unit] = output[0][row, hidden + unit]
      }
    }
  }

  /// From dL/dpooled (B, 2H) to `outputGradient` (T, B, 2H), added.
  static func backward(
    _ pooledGradient: Matrix<Scalar>, _ shard: Shard, outputGradient: Frames<Scalar>
  ) {
    let hidden = pooledGradient.columns / 2
    for (row, length) in shard.lengths.enumerated() {
      for unit in 0..<hidden {
        // forward: pooled[row, unit] = output[length - 1][row, unit]
        outputGradient[length - 1][row, unit] += pooledGradient[row, unit]
        // forward: pooled[row, hidden + unit] = output[0][row, hidden + unit]
        outputGradient[0][row, hidden + unit] += pooledGradient[row, hidden + unit]
      }
    }
  }
}

/// The mean over a sequence's own frames.
enum MeanPooling<Scalar: NeuralScalar> {
  /// From `output` (T, B, 2H) to `pooled` (B, 2H).
  static func forward(_ output: Frames<Scalar>, _ shard: Shard, pooled: Matrix<Scalar>) {
    pooled.clear()
    for t in 0..<shard.frameCount {
      let frame = output[t]
      for row in 0..<shard.active[t] {
        pooled.addToRow(row, 1 / Scalar(shard.lengths[row]), frame, row)
      }
    }
  }

  /// From dL/dpooled (B, 2H) to `outputGradient` (T, B, 2H), added.
  static func backward(
    _ pooledGradient: Matrix<Scalar>, _ shard: Shard, outputGradient: Frames<Scalar>
  ) {
    for t in 0..<shard.frameCount {
      let frameGradient = outputGradient[t]
      for row in 0..<shard.active[t] {
        // forward: pooled.addToRow(row, 1 / length, frame, row)
        frameGradient.addToRow(row, 1 / Scalar(shard.lengths[row]), pooledGradient, row)
      }
    }
  }
}

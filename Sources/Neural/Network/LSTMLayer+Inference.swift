extension LSTMLayer {
  /// `forward` without what the way back needs: the same outputs to the last bit, but gates and cells
  /// of one frame, which stay in the cache.
  func infer(
    _ input: Frames<Scalar>, _ weights: PackedWeights<Scalar>.Layer, _ shard: Shard,
    output: Frames<Scalar>
  ) {
    // With a few sequences the time goes into reading the weights, so those for the input are read
    // once for all frames: a single clip takes a quarter less time.
    let projectsAtOnce = shard.rows <= 4
    gates.reshape(frameCount: projectsAtOnce ? shard.frameCount : 1, rows: shard.rows)
    if projectsAtOnce {
      Scalar.multiply(
        input.stacked(), weights.inputForward, into: gates.stacked(), accumulating: false)
    }
    cells.reshape(frameCount: 1, rows: shard.rows)
    cells[0].clear()
    cellActivations.reshape(frameCount: 1, rows: shard.rows)

    for t in direction.order(shard.frameCount) {
      let active = shard.active[t]
      let sums = gates[projectsAtOnce ? t : 0].prefix(active)
      if !projectsAtOnce {
        Scalar.multiply(
          input[t].prefix(active), weights.inputForward, into: sums, accumulating: false)
      }
      Scalar.multiply(
        half(output[t + direction.previous]).prefix(active), weights.recurrentForward, into: sums,
        accumulating: true)
      let cell = cells[0].prefix(active)
      Scalar.cellForward(
        LSTMStep(
          gates: sums, previousCell: cell, cell: cell,
          cellActivation: cellActivations[0].prefix(active),
          hidden: half(output[t]).prefix(active)),
        bias: weights.bias.view)
      half(output[t]).clear(from: active)
    }
  }
}

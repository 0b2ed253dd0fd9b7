extension LSTMDirection {
  /// `forward` without the tape for the backward pass.
  ///
  /// The outputs are the same to the last bit, unless weights are in 8 bits; gates and cells of one frame only are stored, which
  /// stay in the cache.
  ///
  /// - Parameters:
  ///   - input: (T, B, F).
  ///   - weights: The weights of this direction.
  ///   - subBatch: Lengths of the B sequences.
  ///   - output: (T, B, DH); this direction's part is written.
  ///   - start: The state of each of the B sequences before its first frame; nil means zeros. Only
  ///     the forward direction can start from a given state.
  func infer(
    _ input: Frames<Scalar>, _ weights: PackedWeights<Scalar>.LSTM, _ subBatch: SubBatch,
    output: Frames<Scalar>, from start: [LSTMState<Scalar>] = []
  ) {
    // With few sequences most of the time is spent on reading the weights. So the input weights are
    // read once for all frames, which saves a quarter of the time for a single clip.
    let projectsAtOnce = subBatch.rows <= 4
    gates.reshape(frameCount: projectsAtOnce ? subBatch.frameCount : 1, rows: subBatch.rows)
    if projectsAtOnce {
      multiply(input.stacked(), weights.inputForward, into: gates.stacked(), accumulating: false)
    }
    cells.reshape(frameCount: 1, rows: subBatch.rows)
    cells[0].clear()
    cellActivations.reshape(frameCount: 1, rows: subBatch.rows)
    if !start.isEmpty { putIn(start, output: output) }

    for t in direction.order(subBatch.frameCount) {
      let active = subBatch.active[t]
      let sums = gates[projectsAtOnce ? t : 0].prefix(active)
      if !projectsAtOnce {
        multiply(input[t].prefix(active), weights.inputForward, into: sums, accumulating: false)
      }
      multiply(
        part(output[t + direction.previous]).prefix(active), weights.recurrentForward, into: sums,
        accumulating: true)
      let cell = cells[0].prefix(active)
      kernels.cellForward(
        LSTMStep(
          gates: sums, previousCell: cell, cell: cell,
          cellActivation: cellActivations[0].prefix(active),
          hidden: part(output[t]).prefix(active)),
        bias: weights.bias.view)
      part(output[t]).clear(from: active)
    }
  }

  /// The state of each sequence after its last frame, in the sub-batch's order; after `infer`.
  func states(_ subBatch: SubBatch, output: Frames<Scalar>) -> [LSTMState<Scalar>] {
    // A row whose sequence has ended is not updated, so its cell keeps the last state.
    subBatch.lengths.enumerated().map { row, length in
      LSTMState(
        hidden: part(output[direction.last(length)]).row(row), cell: cells[0].row(row))
    }
  }

  /// Writes the states to the guard frame before the first frame.
  private func putIn(_ states: [LSTMState<Scalar>], output: Frames<Scalar>) {
    precondition(direction == .forward, "the reverse direction begins where a sequence ends")
    precondition(
      states.count == output.rows, "\(states.count) states for \(output.rows) sequences")
    for (row, state) in states.enumerated() {
      state.hidden.withUnsafeBufferPointer { part(output[-1]).setRow(row, $0) }
      state.cell.withUnsafeBufferPointer { cells[0].setRow(row, $0) }
    }
  }
}

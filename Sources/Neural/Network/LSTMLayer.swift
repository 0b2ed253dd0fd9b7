/// One reading direction of one layer: the cell from frame to frame, and back through time.
///
/// Sequences that have ended are rows past the active ones. Their outputs, cells and gates are zero,
/// so the reverse direction meets a zero state at each sequence's own last frame, and gradients of
/// weights can be summed over all rows.
final class LSTMLayer<Scalar: NeuralScalar> {
  let direction: Direction
  private let hiddenCount: Int
  /// (T, B, 4H): input, forget, candidate, output, after activation; dL/d(sums) after `backward`.
  private let gates: Frames<Scalar>
  /// (T + 2, B, H).
  private let cells: Frames<Scalar>
  /// (T, B, H): tanh of the cells.
  private let cellActivations: Frames<Scalar>
  /// (1, B, H): dL/dc on its way back.
  private let cellGradient: Frames<Scalar>

  init(direction: Direction, hidden: Int) {
    self.direction = direction
    hiddenCount = hidden
    gates = Frames(columns: 4 * hidden)
    cells = Frames(columns: hidden)
    cellActivations = Frames(columns: hidden)
    cellGradient = Frames(columns: hidden)
  }

  /// This direction's half of a frame (B, 2H).
  func half(_ frame: Matrix<Scalar>) -> Matrix<Scalar> {
    let start = direction.rawValue * hiddenCount
    return frame.columns(start..<start + hiddenCount)
  }

  /// Reads `input` (T, B, F) and writes its half of `output` (T, B, 2H).
  func forward(
    _ input: Frames<Scalar>, _ weights: PackedWeights<Scalar>.Layer, _ shard: Shard,
    output: Frames<Scalar>
  ) {
    gates.reshape(frameCount: shard.frameCount, rows: shard.rows)
    cells.reshape(frameCount: shard.frameCount, rows: shard.rows)
    cellActivations.reshape(frameCount: shard.frameCount, rows: shard.rows)
    for t in direction.order(shard.frameCount) {
      let previous = t + direction.previous
      let rows = shard.productRows(t)
      // sums = x_t W_ih^T + h_{t-1} W_hh^T
      Scalar.multiply(
        input[t].prefix(rows), weights.inputForward[0], into: gates[t].prefix(rows),
        accumulating: false)
      Scalar.multiply(
        half(output[previous]).prefix(rows), weights.recurrentForward[0],
        into: gates[t].prefix(rows), accumulating: true)
      Scalar.cellForward(step(t, shard.active[t], output), bias: weights.bias[0])
      for frame in [gates[t], cells[t], half(output[t])] {
        frame.clear(from: shard.active[t])
      }
    }
  }

  /// Goes back through time.
  ///
  /// - Parameters:
  ///   - weights: As in `forward`.
  ///   - shard: As in `forward`.
  ///   - output: As `forward` left it.
  ///   - outputGradient: (T, B, 2H). In: dL/dh_t from above. Out: this half of it is complete, with
  ///     what arrives through later frames.
  ///   - inputGradient: (T, B, F), added to; nil where nobody asks, as below the first layer.
  func backward(
    _ weights: PackedWeights<Scalar>.Layer, _ shard: Shard, output: Frames<Scalar>,
    outputGradient: Frames<Scalar>, inputGradient: Frames<Scalar>?
  ) {
    cellGradient.reshape(frameCount: 1, rows: shard.rows)
    cellGradient[0].clear()
    for t in direction.opposite.order(shard.frameCount) {
      let previous = t + direction.previous
      let rows = shard.productRows(t)
      Scalar.cellBackward(
        step(t, shard.active[t], output),
        hiddenGradient: half(outputGradient[t]).prefix(shard.active[t]),
        cellGradient: cellGradient[0].prefix(shard.active[t]))
      let dSums = gates[t].prefix(rows)
      // forward: sums = x_t W_ih^T + h_{t-1} W_hh^T
      Scalar.multiply(
        dSums, weights.recurrentBackward[0], into: half(outputGradient[previous]).prefix(rows),
        accumulating: true)
      if let inputGradient {
        Scalar.multiply(
          dSums, weights.inputBackward[0], into: inputGradient[t].prefix(rows), accumulating: true)
      }
    }
  }

  /// Adds the gradients of the weights, summed over all frames at once; `backward` has run.
  func addWeightGradients(
    input: Frames<Scalar>, output: Frames<Scalar>, to gradients: LayerGradients<Scalar>
  ) {
    let dSums = gates.stacked()
    // forward: sums = x_t W_ih^T + h_{t-1} W_hh^T + b_ih + b_hh
    Scalar.multiplyTransposed(dSums, input.stacked(), addingTo: gradients.inputWeights)
    Scalar.multiplyTransposed(
      dSums, half(output.stacked(from: direction.previous)), addingTo: gradients.recurrentWeights)
    for row in 0..<dSums.rows {
      for column in 0..<dSums.columns {
        gradients.inputBias[0, column] += dSums[row, column]
      }
    }
    for column in 0..<dSums.columns {
      gradients.recurrentBias[0, column] = gradients.inputBias[0, column]
    }
  }

  private func step(_ t: Int, _ active: Int, _ output: Frames<Scalar>) -> LSTMStep<Scalar> {
    LSTMStep(
      gates: gates[t].prefix(active),
      previousCell: cells[t + direction.previous].prefix(active),
      cell: cells[t].prefix(active),
      cellActivation: cellActivations[t].prefix(active),
      hidden: half(output[t]).prefix(active))
  }
}

/// Where the gradients of one direction of one layer are collected.
struct LayerGradients<Scalar> {
  /// (4H, F).
  let inputWeights: Matrix<Scalar>
  /// (4H, H).
  let recurrentWeights: Matrix<Scalar>
  /// (1, 4H).
  let inputBias: Matrix<Scalar>
  /// (1, 4H), always the same as `inputBias`.
  let recurrentBias: Matrix<Scalar>
}

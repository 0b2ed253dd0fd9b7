/// One direction of one layer: runs the cell over the frames, and backpropagation through time.
///
/// Sequences that have ended are the rows after the active ones. Their outputs, cells and gates are
/// zero, so the reverse direction starts from a zero state at each sequence's last frame, and
/// gradients of weights can be summed over all rows.
final class LSTMDirection<Scalar: NeuralScalar> {
  let direction: Direction
  private let hiddenCount: Int
  let kernels = Scalar.kernels
  /// What is multiplied by weights in 8 bits.
  private let rounded = RoundedRows<Scalar>()
  /// (T, B, 4H): input, forget, candidate, output, after activation; dL/d(sums) after `backward`.
  let gates: Frames<Scalar>
  /// (T + 2, B, H).
  let cells: Frames<Scalar>
  /// (T, B, H): tanh of the cells.
  let cellActivations: Frames<Scalar>
  /// (1, B, H): dL/dc in the backward pass.
  private let cellGradient: Frames<Scalar>

  init(direction: Direction, hidden: Int) {
    self.direction = direction
    hiddenCount = hidden
    gates = Frames(columns: 4 * hidden)
    cells = Frames(columns: hidden)
    cellActivations = Frames(columns: hidden)
    cellGradient = Frames(columns: hidden)
  }

  /// This direction's part (B, H) of a frame (B, DH).
  func part(_ frame: Matrix<Scalar>) -> Matrix<Scalar> {
    let start = direction.rawValue * hiddenCount
    return frame.columns(start..<start + hiddenCount)
  }

  /// `c = a b`, or `c += a b` if `accumulating`, for weights b as numbers or in 8 bits.
  func multiply(
    _ a: Matrix<Scalar>, _ b: ForwardWeights<Scalar>, into c: Matrix<Scalar>, accumulating: Bool
  ) {
    switch b {
    case .numbers(let b): kernels.multiply(a, b, into: c, accumulating: accumulating)
    case .int8(let b):
      kernels.round(a, into: rounded)
      kernels.multiply(rounded, b, into: c, accumulating: accumulating)
    }
  }

  /// Reads `input` (T, B, F) and writes its part of `output` (T, B, DH).
  func forward(
    _ input: Frames<Scalar>, _ weights: PackedWeights<Scalar>.LSTM, _ subBatch: SubBatch,
    output: Frames<Scalar>
  ) {
    gates.reshape(frameCount: subBatch.frameCount, rows: subBatch.rows)
    cells.reshape(frameCount: subBatch.frameCount, rows: subBatch.rows)
    cellActivations.reshape(frameCount: subBatch.frameCount, rows: subBatch.rows)
    for t in direction.order(subBatch.frameCount) {
      let previous = t + direction.previous
      let active = subBatch.active[t]
      // sums = x_t W_ih^T + h_{t-1} W_hh^T
      let sums = gates[t].prefix(active)
      multiply(input[t].prefix(active), weights.inputForward, into: sums, accumulating: false)
      multiply(
        part(output[previous]).prefix(active), weights.recurrentForward, into: sums,
        accumulating: true)
      kernels.cellForward(step(t, active, output), bias: weights.bias.view)
      gates[t].clear(from: active)
      cells[t].clear(from: active)
      part(output[t]).clear(from: active)
    }
  }

  /// Backpropagation through time.
  ///
  /// - Parameters:
  ///   - input: As in `forward`.
  ///   - weights: As in `forward`.
  ///   - subBatch: As in `forward`.
  ///   - output: As `forward` left it.
  ///   - outputGradient: (T, B, DH). In: dL/dh_t from the layer above. Out: this direction's part
  ///     also includes the gradients through later frames.
  ///   - inputGradient: (T, B, F), added to; nil if it is not needed, as for the first layer that
  ///     is not frozen.
  ///   - gradients: Added to.
  func backward(
    _ input: Frames<Scalar>, _ weights: PackedWeights<Scalar>.LSTM, _ subBatch: SubBatch,
    output: Frames<Scalar>, outputGradient: Frames<Scalar>, inputGradient: Frames<Scalar>?,
    gradients: GradientBuffer<Scalar>.LSTM
  ) {
    cellGradient.reshape(frameCount: 1, rows: subBatch.rows)
    cellGradient[0].clear()
    var unsummed = 0
    for t in direction.opposite.order(subBatch.frameCount) {
      let previous = t + direction.previous
      let isLast = previous == direction.beforeFirst(subBatch.frameCount)
      let active = subBatch.active[t]
      kernels.cellBackward(
        step(t, active, output), hiddenGradient: part(outputGradient[t]).prefix(active),
        cellGradient: cellGradient[0].prefix(active), biasGradient: gradients.inputBias)
      let dSums = gates[t].prefix(active)
      // forward: sums = x_t W_ih^T + h_{t-1} W_hh^T
      if !isLast {
        kernels.multiply(
          dSums, weights.recurrentBackward!, into: part(outputGradient[previous]).prefix(active),
          accumulating: true)
      }
      if let inputGradient {
        kernels.multiply(
          dSums, weights.inputBackward!, into: inputGradient[t].prefix(active), accumulating: true)
      }
      unsummed += 1
      if unsummed * subBatch.rows >= Self.rowsToSum || isLast {
        let frames = direction == .forward ? t..<t + unsummed : t - unsummed + 1..<t + 1
        addWeightGradients(frames, input, output: output, gradients)
        unsummed = 0
      }
    }
    // forward: sums = ... + b_ih + b_hh
    gradients.recurrentBias.copy(gradients.inputBias)
  }

  /// Number of rows, over several frames, whose gradients of the weights are summed at once: many
  /// enough for long sums, few enough for the cache.
  private static var rowsToSum: Int { 128 }

  private func addWeightGradients(
    _ frames: Range<Int>, _ input: Frames<Scalar>, output: Frames<Scalar>,
    _ gradients: GradientBuffer<Scalar>.LSTM
  ) {
    let dSums = gates.stacked(frames)
    let previous = frames.lowerBound + direction.previous..<frames.upperBound + direction.previous
    // forward: sums = x_t W_ih^T + h_{t-1} W_hh^T
    kernels.multiplyTransposed(input.stacked(frames), dSums, addingTo: gradients.inputWeights)
    kernels.multiplyTransposed(
      part(output.stacked(previous)), dSums, addingTo: gradients.recurrentWeights)
  }

  private func step(_ t: Int, _ active: Int, _ output: Frames<Scalar>) -> LSTMStep<Scalar> {
    LSTMStep(
      gates: gates[t].prefix(active),
      previousCell: cells[t + direction.previous].prefix(active),
      cell: cells[t].prefix(active),
      cellActivation: cellActivations[t].prefix(active),
      hidden: part(output[t]).prefix(active))
  }
}

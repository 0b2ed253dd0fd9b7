/// One layer: its directions read the same input, and their states are concatenated.
final class LSTMLayer<Scalar: NeuralScalar> {
  /// (T + 2, B, DH): the forward states, then the reverse states if there are any.
  let output: Frames<Scalar>
  /// (T + 2, B, DH): dL/dh_t; complete after `backward`.
  let outputGradient: Frames<Scalar>
  private let directions: [LSTMDirection<Scalar>]

  /// A layer of a network with this shape, with memory for one sub-batch.
  init(_ shape: NetworkShape) {
    output = Frames(columns: shape.states)
    outputGradient = Frames(columns: shape.states)
    directions = shape.directions.all.map { LSTMDirection(direction: $0, hidden: shape.hidden) }
  }

  /// Reads `input` (T, B, F), writes `output`, keeps a tape for `backward`.
  func forward(
    _ input: Frames<Scalar>, _ weights: [PackedWeights<Scalar>.LSTM], _ subBatch: SubBatch
  ) {
    output.reshape(frameCount: subBatch.frameCount, rows: subBatch.rows)
    for (lstm, weights) in zip(directions, weights) {
      lstm.forward(input, weights, subBatch, output: output)
    }
  }

  /// Reads `input` (T, B, F), writes `output`, keeps no tape.
  ///
  /// The sequences start from the states `start`, one per sequence, or from zeros.
  func infer(
    _ input: Frames<Scalar>, _ weights: [PackedWeights<Scalar>.LSTM], _ subBatch: SubBatch,
    from start: [LSTMState<Scalar>] = []
  ) {
    output.reshape(frameCount: subBatch.frameCount, rows: subBatch.rows)
    for (lstm, weights) in zip(directions, weights) {
      lstm.infer(input, weights, subBatch, output: output, from: start)
    }
  }

  /// The states after the last frame, indexed by direction, then by sequence; call after `infer`.
  func states(_ subBatch: SubBatch) -> [[LSTMState<Scalar>]] {
    directions.map { $0.states(subBatch, output: output) }
  }

  /// Sets `outputGradient` to zero, before the layer or pooling above adds to it.
  func clearOutputGradient(_ subBatch: SubBatch) {
    outputGradient.reshape(frameCount: subBatch.frameCount, rows: subBatch.rows)
    outputGradient.stacked().clear()
  }

  /// The backward pass from `outputGradient`: adds to `gradients`, and to `inputGradient` (T, B, F)
  /// if given.
  func backward(
    _ input: Frames<Scalar>, _ weights: [PackedWeights<Scalar>.LSTM], _ subBatch: SubBatch,
    inputGradient: Frames<Scalar>?, gradients: [GradientBuffer<Scalar>.LSTM]
  ) {
    for (index, lstm) in directions.enumerated() {
      lstm.backward(
        input, weights[index], subBatch, output: output, outputGradient: outputGradient,
        inputGradient: inputGradient, gradients: gradients[index])
    }
  }

  /// The squared norm of dL/dh over the sub-batch's sequences, at each step of a direction's reading.
  ///
  /// Step 0 is the first frame for the forward direction, and each sequence's last frame for the
  /// reverse one.
  ///
  /// (D, T); call after `backward`.
  func squaredGradientNorms(_ subBatch: SubBatch) -> [[Double]] {
    directions.map { lstm in
      var sums = Array(repeating: 0.0, count: subBatch.frameCount)
      for t in 0..<subBatch.frameCount {
        let frame = lstm.part(outputGradient[t])
        for row in 0..<subBatch.active[t] {
          let readingStep = lstm.direction == .forward ? t : subBatch.lengths[row] - 1 - t
          var sum: Scalar = 0
          for unit in 0..<frame.columns { sum += frame[row, unit] * frame[row, unit] }
          sums[readingStep] += Double(sum)
        }
      }
      return sums
    }
  }
}

/// One layer: its directions over the same input, their states side by side.
final class LSTMLayer<Scalar: NeuralScalar> {
  /// (T + 2, B, DH): the forward states, then the reverse ones if there are any.
  let output: Frames<Scalar>
  /// (T + 2, B, DH): dL/dh_t; complete after `backward`.
  let outputGradient: Frames<Scalar>
  private let directions: [LSTMDirection<Scalar>]

  /// A layer of a network with that shape, with room to remember one shard.
  init(_ shape: NetworkShape) {
    output = Frames(columns: shape.states)
    outputGradient = Frames(columns: shape.states)
    directions = shape.directions.all.map { LSTMDirection(direction: $0, hidden: shape.hidden) }
  }

  /// Reads `input` (T, B, F), writes `output`, keeps a tape for `backward`.
  func forward(
    _ input: Frames<Scalar>, _ weights: [PackedWeights<Scalar>.LSTM], _ shard: Shard
  ) {
    output.reshape(frameCount: shard.frameCount, rows: shard.rows)
    for (lstm, weights) in zip(directions, weights) {
      lstm.forward(input, weights, shard, output: output)
    }
  }

  /// Reads `input` (T, B, F), writes `output`, keeps no tape.
  ///
  /// The sequences begin with the states `start`, one for each, or with zeros.
  func infer(
    _ input: Frames<Scalar>, _ weights: [PackedWeights<Scalar>.LSTM], _ shard: Shard,
    from start: [LSTMState<Scalar>] = []
  ) {
    output.reshape(frameCount: shard.frameCount, rows: shard.rows)
    for (lstm, weights) in zip(directions, weights) {
      lstm.infer(input, weights, shard, output: output, from: start)
    }
  }

  /// The state of each direction, then of each sequence, after its last frame; after `infer`.
  func states(_ shard: Shard) -> [[LSTMState<Scalar>]] {
    directions.map { $0.states(shard, output: output) }
  }

  /// Makes `outputGradient` zero, for what follows this layer to add to.
  func clearOutputGradient(_ shard: Shard) {
    outputGradient.reshape(frameCount: shard.frameCount, rows: shard.rows)
    outputGradient.stacked().clear()
  }

  /// Goes back from `outputGradient`: adds to `gradients`, and to `inputGradient` (T, B, F) if there
  /// is one.
  func backward(
    _ input: Frames<Scalar>, _ weights: [PackedWeights<Scalar>.LSTM], _ shard: Shard,
    inputGradient: Frames<Scalar>?, gradients: [GradientBuffer<Scalar>.LSTM]
  ) {
    for (index, lstm) in directions.enumerated() {
      lstm.backward(
        input, weights[index], shard, output: output, outputGradient: outputGradient,
        inputGradient: inputGradient, gradients: gradients[index])
    }
  }

  /// The norm over the shard's sequences of dL/dh, squared, at each step of a direction's reading:
  /// step 0 is the first frame for the forward direction and each sequence's own last frame for the
  /// reverse one.
  ///
  /// (D, T), after `backward`.
  func squaredGradientNorms(_ shard: Shard) -> [[Double]] {
    directions.map { lstm in
      var sums = Array(repeating: 0.0, count: shard.frameCount)
      for t in 0..<shard.frameCount {
        let frame = lstm.part(outputGradient[t])
        for row in 0..<shard.active[t] {
          let readingStep = lstm.direction == .forward ? t : shard.lengths[row] - 1 - t
          var sum: Scalar = 0
          for unit in 0..<frame.columns { sum += frame[row, unit] * frame[row, unit] }
          sums[readingStep] += Double(sum)
        }
      }
      return sums
    }
  }
}

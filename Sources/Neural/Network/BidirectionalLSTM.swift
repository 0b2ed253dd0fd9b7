/// One bidirectional layer: two directions over the same input, their states side by side.
final class BidirectionalLSTM<Scalar: NeuralScalar> {
  /// (T + 2, B, 2H): the forward states, then the reverse ones.
  let output: Frames<Scalar>
  /// (T + 2, B, 2H): dL/dh_t; complete after `backward`.
  let outputGradient: Frames<Scalar>
  private let directions: [LSTMLayer<Scalar>]
  private let layer: Int

  /// Layer `layer` of a network with that shape, with room to remember one shard.
  init(_ shape: NetworkShape, layer: Int) {
    self.layer = layer
    output = Frames(columns: 2 * shape.hidden)
    outputGradient = Frames(columns: 2 * shape.hidden)
    directions = Direction.allCases.map { LSTMLayer(direction: $0, hidden: shape.hidden) }
  }

  /// Reads `input` (T, B, F), writes `output`; keeps a tape for `backward`, or none.
  func forward(
    _ input: Frames<Scalar>, _ weights: PackedWeights<Scalar>, _ shard: Shard, keepsTape: Bool
  ) {
    output.reshape(frameCount: shard.frameCount, rows: shard.rows)
    for lstm in directions {
      let run = keepsTape ? lstm.forward : lstm.infer
      run(input, weights[layer, lstm.direction], shard, output)
    }
  }

  /// Makes `outputGradient` zero, for what follows this layer to add to.
  func clearOutputGradient(_ shard: Shard) {
    outputGradient.reshape(frameCount: shard.frameCount, rows: shard.rows)
    outputGradient.stacked().clear()
  }

  /// Goes back from `outputGradient`: adds to `gradients`, and to `inputGradient` (T, B, F) if there
  /// is one.
  func backward(
    _ input: Frames<Scalar>, _ weights: PackedWeights<Scalar>, _ shard: Shard,
    inputGradient: Frames<Scalar>?, gradients: GradientBuffer<Scalar>
  ) {
    for lstm in directions {
      lstm.backward(
        input, weights[layer, lstm.direction], shard, output: output,
        outputGradient: outputGradient, inputGradient: inputGradient,
        gradients: gradients[layer, lstm.direction])
    }
  }

  /// The norm over the shard's sequences of dL/dh, squared, at each step of a direction's reading:
  /// step 0 is the first frame for the forward direction and each sequence's own last frame for the
  /// reverse one.
  ///
  /// (2, T), after `backward`.
  func squaredGradientNorms(_ shard: Shard) -> [[Double]] {
    directions.map { lstm in
      var sums = Array(repeating: 0.0, count: shard.frameCount)
      for t in 0..<shard.frameCount {
        let frame = lstm.half(outputGradient[t])
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

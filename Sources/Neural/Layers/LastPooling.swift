/// The last state of each direction: the forward state of a sequence's last frame, and the reverse
/// state of its first frame.
final class LastPooling<Scalar: NeuralScalar>: PoolingLayer {
  private let directions: [Direction]
  private let hidden: Int

  init(_ shape: NetworkShape) {
    directions = shape.directions.all
    hidden = shape.hidden
  }

  @specialized(where Scalar == Float)
  func forward(
    _ states: Frames<Scalar>, _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch,
    pooled: Matrix<Scalar>
  ) {
    for (row, length) in subBatch.lengths.enumerated() {
      for direction in directions {
        for column in columns(direction) {
          pooled[row, column] = states[direction.last(length)][row, column]
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, states: Frames<Scalar>,
    _ parameters: LinearTensors<Scalar>?, _ subBatch: SubBatch, stateGradients: Frames<Scalar>,
    gradients: LinearTensors<Scalar>?
  ) {
    for (row, length) in subBatch.lengths.enumerated() {
      for direction in directions {
        for column in columns(direction) {
          // forward: pooled[row, column] = states[direction.last(length)][row, column]
          stateGradients[direction.last(length)][row, column] += pooledGradient[row, column]
        }
      }
    }
  }

  private func columns(_ direction: Direction) -> Range<Int> {
    direction.rawValue * hidden..<(direction.rawValue + 1) * hidden
  }
}

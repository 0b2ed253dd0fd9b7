/// The weights, packed for the matrix products.
///
/// Packed once for each version of the parameters, and read by all sub-batches and threads.
final class PackedWeights<Scalar: NeuralScalar> {
  /// One direction of one layer.
  struct LSTM {
    /// W_ih^T (F, 4H), for the forward pass.
    let inputForward: ForwardWeights<Scalar>
    /// W_hh^T (H, 4H), for the forward pass.
    let recurrentForward: ForwardWeights<Scalar>
    /// W_ih (4H, F), for the backward pass; nil if there is none.
    let inputBackward: PackedMatrix<Scalar>?
    /// W_hh (4H, H), for the backward pass; nil if there is none.
    let recurrentBackward: PackedMatrix<Scalar>?
    /// (1, 4H), the sum of both biases.
    let bias: OwnedMatrix<Scalar>
  }

  /// The output layer.
  struct Output {
    /// W^T (P, C), for the forward pass.
    let forward: PackedMatrix<Scalar>
    /// W (C, P), for the backward pass; nil if there is none.
    let backward: PackedMatrix<Scalar>?
    /// (1, C).
    let bias: OwnedMatrix<Scalar>
  }

  /// The parameters of a part of the pooling, as PyTorch stores them.
  struct Linear {
    let weight: OwnedMatrix<Scalar>
    let bias: OwnedMatrix<Scalar>

    var view: LinearTensors<Scalar> { LinearTensors(weight: weight.view, bias: bias.view) }
  }

  /// Indexed by layer, then by direction.
  let lstm: [[LSTM]]
  /// The pooling parts that have parameters.
  let pooling: [PoolingPart: Linear]
  let output: Output
  let shape: NetworkShape

  /// Allocates memory for the weights of a network with this shape; `pack` fills it.
  ///
  /// - Parameters:
  ///   - shape: The shape of the networks.
  ///   - firstLearning: The lowest layer of the backward pass; nil for inference, which needs half
  ///     the memory.
  ///   - int8: The matrices that are multiplied in 8 bits, for inference.
  init(_ shape: NetworkShape, firstLearning: Int?, int8: Set<ParameterRole> = []) {
    self.shape = shape
    let layout = ParameterLayout(shape)
    let gates = 4 * shape.hidden
    lstm = (0..<shape.layers).map { layer in
      let inputs = shape.inputs(ofLayer: layer)
      let learns = firstLearning.map { layer >= $0 } ?? false
      return shape.directions.all.map { direction in
        func isInt8(_ part: ParameterRole.LSTMParameter) -> Bool {
          int8.contains(.lstm(part, layer: layer, direction))
        }
        return LSTM(
          inputForward: ForwardWeights(
            depth: inputs, columns: gates, isInt8: isInt8(.inputWeights)),
          recurrentForward: ForwardWeights(
            depth: shape.hidden, columns: gates, isInt8: isInt8(.recurrentWeights)),
          inputBackward: learns ? PackedMatrix(depth: gates, columns: inputs) : nil,
          recurrentBackward: learns ? PackedMatrix(depth: gates, columns: shape.hidden) : nil,
          bias: OwnedMatrix(rows: 1, columns: gates))
      }
    }
    pooling = layout.poolingParts.reduce(into: [:]) { tensors, part in
      let (weight, bias) = (layout[.pooling(.weight, part)], layout[.pooling(.bias, part)])
      tensors[part] = Linear(
        weight: OwnedMatrix(rows: weight.rows, columns: weight.columns),
        bias: OwnedMatrix(rows: bias.rows, columns: bias.columns))
    }
    output = Output(
      forward: PackedMatrix(depth: shape.pooled, columns: shape.classes),
      backward: firstLearning == nil
        ? nil : PackedMatrix(depth: shape.classes, columns: shape.pooled),
      bias: OwnedMatrix(rows: 1, columns: shape.classes))
  }
}

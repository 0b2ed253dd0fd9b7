import Basics

/// The weights, packed for the matrix products.
///
/// Packed once for each version of the parameters, and read by all shards and threads.
final class PackedWeights<Scalar: NeuralScalar> {
  /// One direction of one layer.
  struct LSTM {
    /// W_ih^T (F, 4H), for the forward pass.
    let inputForward: PackedMatrix<Scalar>
    /// W_hh^T (H, 4H), for the forward pass.
    let recurrentForward: PackedMatrix<Scalar>
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
  private let shape: NetworkShape

  /// Allocates memory for the weights of a network with this shape; `pack` fills it.
  ///
  /// - Parameters:
  ///   - shape: The shape of the networks.
  ///   - firstLearning: The lowest layer of the backward pass; nil for inference, which needs half
  ///     the memory.
  init(_ shape: NetworkShape, firstLearning: Int?) {
    self.shape = shape
    let layout = ParameterLayout(shape)
    let gates = 4 * shape.hidden
    lstm = (0..<shape.layers).map { layer in
      let inputs = shape.inputs(ofLayer: layer)
      let learns = firstLearning.map { layer >= $0 } ?? false
      return shape.directions.all.map { _ in
        LSTM(
          inputForward: PackedMatrix(depth: inputs, columns: gates),
          recurrentForward: PackedMatrix(depth: shape.hidden, columns: gates),
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

  /// Packs the parameters of `network`, which must have the shape given to `init`.
  func pack(_ network: Network<Scalar>, threads: Int) {
    precondition(network.shape == shape, "weights of \(network.shape) packed as \(shape)")
    let directions = shape.directions.all
    _ = Parallel.map(directions.count * lstm.count, threads: threads) { index, _ in
      pack(
        network, layer: index / directions.count, directions[index % directions.count])
    }
    for (part, own) in pooling {
      network.withMatrix(.pooling(.weight, part)) { own.weight.view.copy($0) }
      network.withMatrix(.pooling(.bias, part)) { own.bias.view.copy($0) }
    }
    network.withMatrix(.output(.weight)) {
      output.forward.pack(transposing: $0)
      output.backward?.pack($0)
    }
    network.withMatrix(.output(.bias)) { output.bias.view.copy($0) }
  }

  private func pack(_ network: Network<Scalar>, layer: Int, _ direction: Direction) {
    let weights = lstm[layer][direction.rawValue]
    network.withMatrix(.lstm(.inputWeights, layer: layer, direction)) {
      weights.inputForward.pack(transposing: $0)
      weights.inputBackward?.pack($0)
    }
    network.withMatrix(.lstm(.recurrentWeights, layer: layer, direction)) {
      weights.recurrentForward.pack(transposing: $0)
      weights.recurrentBackward?.pack($0)
    }
    network.withMatrix(.lstm(.inputBias, layer: layer, direction)) { bias in
      network.withMatrix(.lstm(.recurrentBias, layer: layer, direction)) { otherBias in
        for gate in 0..<bias.columns {
          weights.bias.view[0, gate] = bias[0, gate] + otherBias[0, gate]
        }
      }
    }
  }
}

import Basics

/// The weights as the products want them.
///
/// Packed once for each version of the parameters, read by all
/// shards and threads.
final class PackedWeights<Scalar: NeuralScalar> {
  /// One direction of one layer.
  struct Layer {
    /// W_ih^T (F, 4H), for the way forward.
    let inputForward: PackedMatrix<Scalar>
    /// W_hh^T (H, 4H), for the way forward.
    let recurrentForward: PackedMatrix<Scalar>
    /// W_ih (4H, F), for the way back; nil where there is none.
    let inputBackward: PackedMatrix<Scalar>?
    /// W_hh (4H, H), for the way back; nil where there is none.
    let recurrentBackward: PackedMatrix<Scalar>?
    /// (1, 4H), the sum of both biases.
    let bias: OwnedMatrix<Scalar>
  }

  /// W^T (P, C) of the output layer, for the way forward.
  let outputForward: PackedMatrix<Scalar>
  /// W (C, P) of the output layer, for the way back; nil where there is none.
  let outputBackward: PackedMatrix<Scalar>?
  /// (1, C).
  let outputBias: OwnedMatrix<Scalar>
  /// (1, 2H), where there is attention.
  ///
  /// The score's bias is not here: it shifts all scores alike, and softmax forgets it.
  let attention: OwnedMatrix<Scalar>?
  private let layers: [[Layer]]
  private let layout: ParameterLayout

  /// Room for the weights of a network with this shape; `pack` fills it.
  ///
  /// Inference goes no way back and needs half the room.
  init(_ shape: NetworkShape, goesBack: Bool) {
    let gates = 4 * shape.hidden
    layout = ParameterLayout(shape)
    layers = (0..<shape.layers).map { layer in
      let inputs = shape.inputs(ofLayer: layer)
      return Direction.allCases.map { _ in
        Layer(
          inputForward: PackedMatrix(depth: inputs, columns: gates),
          recurrentForward: PackedMatrix(depth: shape.hidden, columns: gates),
          inputBackward: goesBack ? PackedMatrix(depth: gates, columns: inputs) : nil,
          recurrentBackward: goesBack ? PackedMatrix(depth: gates, columns: shape.hidden) : nil,
          bias: OwnedMatrix(rows: 1, columns: gates))
      }
    }
    outputForward = PackedMatrix(depth: shape.pooled, columns: shape.classes)
    outputBackward = goesBack ? PackedMatrix(depth: shape.classes, columns: shape.pooled) : nil
    outputBias = OwnedMatrix(rows: 1, columns: shape.classes)
    attention = shape.pooling.usesAttention ? OwnedMatrix(rows: 1, columns: 2 * shape.hidden) : nil
  }

  /// The weights of one direction of layer `layer`.
  subscript(layer: Int, direction: Direction) -> Layer { layers[layer][direction.rawValue] }

  /// Takes over the parameters of `network`, which has the shape given to `init`.
  func pack(_ network: Network<Scalar>, threads: Int) {
    precondition(network.layout == layout, "weights of another shape: \(network.shape)")
    _ = Parallel.map(2 * layers.count, threads: threads) { index, _ in
      pack(network, layer: index / 2, index % 2 == 0 ? .forward : .reverse)
    }
    network.withMatrix("output.weight") {
      outputForward.pack(transposing: $0)
      outputBackward?.pack($0)
    }
    network.withMatrix("output.bias") { outputBias.view.copy($0) }
    if let attention {
      network.withMatrix("attention.weight") { attention.view.copy($0) }
    }
  }

  private func pack(_ network: Network<Scalar>, layer: Int, _ direction: Direction) {
    let suffix = "_l\(layer)\(direction.suffix)"
    let weights = self[layer, direction]
    network.withMatrix("lstm.weight_ih" + suffix) {
      weights.inputForward.pack(transposing: $0)
      weights.inputBackward?.pack($0)
    }
    network.withMatrix("lstm.weight_hh" + suffix) {
      weights.recurrentForward.pack(transposing: $0)
      weights.recurrentBackward?.pack($0)
    }
    network.withMatrix("lstm.bias_ih" + suffix) { bias in
      network.withMatrix("lstm.bias_hh" + suffix) { otherBias in
        for gate in 0..<bias.columns {
          weights.bias.view[0, gate] = bias[0, gate] + otherBias[0, gate]
        }
      }
    }
  }
}

extension Network {
  /// Calls `body` with the tensor `name`, to be read only; a vector is one row.
  fileprivate func withMatrix(_ name: String, _ body: (Matrix<Scalar>) -> Void) {
    guard let entry = layout.entry(named: name) else {
      preconditionFailure("no parameter \(name) in a network of \(shape)")
    }
    parameters.withUnsafeBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      body(
        Matrix(
          UnsafeMutablePointer(mutating: base) + entry.range.lowerBound,
          rows: entry.isMatrix ? entry.shape[0] : 1,
          columns: entry.shape[entry.shape.count - 1]))
    }
  }
}

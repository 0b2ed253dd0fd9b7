/// The weights as the products want them: aligned, once as they are for the way back and once
/// transposed for the way forward.
///
/// Made once for each version of the parameters, used by all shards.
final class PackedWeights<Scalar: NeuralScalar> {
  /// One direction of one layer.
  struct Layer {
    /// (F, 4H), transposed.
    let inputForward: Frames<Scalar>
    /// (H, 4H), transposed.
    let recurrentForward: Frames<Scalar>
    /// (4H, F), as PyTorch stores it.
    let inputBackward: Frames<Scalar>
    /// (4H, H), as PyTorch stores it.
    let recurrentBackward: Frames<Scalar>
    /// (1, 4H), the sum of both biases.
    let bias: Frames<Scalar>
  }

  /// (P, C), transposed.
  let outputForward: Frames<Scalar>
  /// (C, P), as PyTorch stores it.
  let outputBackward: Frames<Scalar>
  /// (1, C).
  let outputBias: Frames<Scalar>
  /// (1, 2H); nil without attention.
  ///
  /// Its bias shifts all scores alike, so softmax forgets it.
  let attention: Frames<Scalar>?
  private let layers: [[Layer]]
  private let layout: ParameterLayout

  /// Room for the weights of a network with this shape; `pack` fills it.
  init(_ shape: NetworkShape) {
    let gates = 4 * shape.hidden
    layout = ParameterLayout(shape)
    layers = (0..<shape.layers).map { layer in
      Direction.allCases.map { _ in
        Layer(
          inputForward: Frames(rows: shape.inputs(ofLayer: layer), columns: gates),
          recurrentForward: Frames(rows: shape.hidden, columns: gates),
          inputBackward: Frames(rows: gates, columns: shape.inputs(ofLayer: layer)),
          recurrentBackward: Frames(rows: gates, columns: shape.hidden),
          bias: Frames(rows: 1, columns: gates))
      }
    }
    outputForward = Frames(rows: shape.pooled, columns: shape.classes)
    outputBackward = Frames(rows: shape.classes, columns: shape.pooled)
    outputBias = Frames(rows: 1, columns: shape.classes)
    attention = shape.pooling.usesAttention ? Frames(rows: 1, columns: 2 * shape.hidden) : nil
  }

  /// The weights of one direction of layer `layer`.
  subscript(layer: Int, direction: Direction) -> Layer { layers[layer][direction.rawValue] }

  /// Takes over the parameters of `network`, which has the shape given to `init`.
  func pack(_ network: Network<Scalar>) {
    precondition(network.layout == layout, "weights of another shape: \(network.shape)")
    func copy(_ name: String, to target: Frames<Scalar>, adding: Bool = false) {
      let numbers = target.stacked()
      var index = 0
      for value in network[name] {
        numbers.base[index] = adding ? numbers.base[index] + value : value
        index += 1
      }
    }
    for layer in layers.indices {
      for direction in Direction.allCases {
        let suffix = "_l\(layer)\(direction.suffix)"
        let weights = self[layer, direction]
        copy("lstm.weight_ih" + suffix, to: weights.inputBackward)
        copy("lstm.weight_hh" + suffix, to: weights.recurrentBackward)
        copy("lstm.bias_ih" + suffix, to: weights.bias)
        copy("lstm.bias_hh" + suffix, to: weights.bias, adding: true)
        weights.inputBackward[0].transpose(into: weights.inputForward[0])
        weights.recurrentBackward[0].transpose(into: weights.recurrentForward[0])
      }
    }
    copy("output.weight", to: outputBackward)
    copy("output.bias", to: outputBias)
    outputBackward[0].transpose(into: outputForward[0])
    if let attention { copy("attention.weight", to: attention) }
  }
}

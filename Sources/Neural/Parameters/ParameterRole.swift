/// The role of a tensor in a network.
///
/// It decides how the tensor is initialised, decays, is frozen and is stored.
public enum ParameterRole: Hashable, Sendable {
  /// A tensor of one direction of LSTM layer `layer`, counted from 0.
  case lstm(LSTMParameter, layer: Int, Direction)
  /// A tensor of a part of the pooling.
  case pooling(LinearParameter, PoolingPart)
  /// A tensor of the output layer.
  case output(LinearParameter)

  /// The tensors of one direction, each for all four gates: input, forget, candidate, output.
  public enum LSTMParameter: CaseIterable, Sendable {
    /// (4H, F): multiplied by the input frame.
    case inputWeights
    /// (4H, H): multiplied by the hidden state of the frame before.
    case recurrentWeights
    /// (4H).
    case inputBias
    /// (4H); PyTorch has two biases, but only their sum matters.
    case recurrentBias
  }

  /// The tensors of a linear function.
  public enum LinearParameter: CaseIterable, Sendable {
    /// (outputs, inputs).
    case weight
    /// (outputs).
    case bias
  }

  /// Whether this is a matrix of weights rather than a bias.
  public var isWeight: Bool {
    switch self {
    case .lstm(let parameter, _, _):
      parameter == .inputWeights || parameter == .recurrentWeights
    case .pooling(let parameter, _), .output(let parameter): parameter == .weight
    }
  }

  /// The LSTM layer that this belongs to, or nil above all of them.
  public var layer: Int? {
    if case .lstm(_, let layer, _) = self { layer } else { nil }
  }

  /// Whether its gradient is summed as the transpose of the stored matrix; see `GradientBuffer`.
  var hasTransposedGradient: Bool { layer != nil && isWeight }

  /// The group in which its gradient's norm is reported.
  public var group: ParameterGroup {
    switch self {
    case .lstm(.inputWeights, let layer, _): .input(layer: layer)
    case .lstm(.recurrentWeights, let layer, _): .recurrent(layer: layer)
    case .lstm(.inputBias, let layer, _), .lstm(.recurrentBias, let layer, _): .bias(layer: layer)
    case .pooling(_, let part): .pooling(part)
    case .output: .output
    }
  }
}

/// A group of tensors with one gradient norm in the metrics.
public enum ParameterGroup: Hashable, Sendable {
  /// Input weights of a layer's directions.
  case input(layer: Int)
  /// Recurrent weights of a layer's directions.
  case recurrent(layer: Int)
  /// All biases of a layer.
  case bias(layer: Int)
  /// The parameters of a part of the pooling.
  case pooling(PoolingPart)
  /// The output layer.
  case output

  /// The LSTM layer, or nil above all of them.
  public var layer: Int? {
    switch self {
    case .input(let layer), .recurrent(let layer), .bias(let layer): layer
    case .pooling, .output: nil
    }
  }
}

// The names of parameters in files; the code uses `ParameterRole` instead.

extension ParameterRole {
  /// The name in model files, which is PyTorch's: `lstm.weight_ih_l0_reverse`, `output.bias`.
  public var name: String {
    switch self {
    case .lstm(let parameter, let layer, let direction):
      "lstm.\(parameter.name)_l\(layer)" + (direction == .reverse ? "_reverse" : "")
    case .pooling(let parameter, let part): "\(part.rawValue).\(parameter.name)"
    case .output(let parameter): "output.\(parameter.name)"
    }
  }
}

extension ParameterRole.LSTMParameter {
  fileprivate var name: String {
    switch self {
    case .inputWeights: "weight_ih"
    case .recurrentWeights: "weight_hh"
    case .inputBias: "bias_ih"
    case .recurrentBias: "bias_hh"
    }
  }
}

extension ParameterRole.LinearParameter {
  fileprivate var name: String {
    switch self {
    case .weight: "weight"
    case .bias: "bias"
    }
  }
}

extension Direction {
  /// The name in metrics.
  public var name: String { self == .forward ? "forward" : "reverse" }
}

extension ParameterGroup {
  /// The name in metrics: `l0.input`, `l0.recurrent`, `l0.bias`, `attention`, `output`.
  public var name: String {
    switch self {
    case .input(let layer): "l\(layer).input"
    case .recurrent(let layer): "l\(layer).recurrent"
    case .bias(let layer): "l\(layer).bias"
    case .pooling(let part): part.rawValue
    case .output: "output"
    }
  }
}

import Neural

/// The names of the tensors in a file that PyTorch's `nn.LSTM` and `nn.Linear` gave theirs to.
struct TorchNames {
  /// Before `weight_ih_l0`: empty, `lstm.` or any other.
  let lstm: String
  /// The output layer: `fc` for `fc.weight` and `fc.bias`.
  let output: String

  /// The first tensor of every `nn.LSTM`.
  private static let first = "weight_ih_l0"

  /// Finds the LSTM; without a name, the output layer is `fc` beside it.
  init(of entries: [SafetensorsEntry], output: String?) throws(ImportFault) {
    let found = entries.map(\.name).filter { $0 == Self.first || $0.hasSuffix("." + Self.first) }
    guard let name = found.first else { throw .noLSTM }
    guard found.count == 1 else { throw .severalLSTMs(found.sorted()) }
    lstm = String(name.dropLast(Self.first.count))
    self.output = output ?? Self.beside(lstm) + "fc"
  }

  /// The name of a tensor by its role.
  func callAsFunction(_ role: ParameterRole) -> String {
    switch role {
    case .lstm: lstm + role.name.dropFirst("lstm.".count)
    case .pooling: Self.beside(lstm) + role.name
    case .output: output + role.name.dropFirst("output".count)
    }
  }

  /// The name of a tensor of the normalisation, `mean` or `deviation`.
  func beside(_ name: String) -> String { Self.beside(lstm) + name }

  /// What the names of the LSTM's neighbours begin with: that of its own without the last part.
  private static func beside(_ prefix: String) -> String {
    guard let dot = prefix.dropLast().lastIndex(of: ".") else { return "" }
    return String(prefix[...dot])
  }
}

/// Why tensors are not those of an `nn.LSTM` with a linear output layer.
enum ImportFault: Error, CustomStringConvertible {
  case noLSTM
  case severalLSTMs([String])
  case missing(String, others: [String])
  case noMatrix(name: String, shape: [Int])
  case normalizationTwice(String)
  case oneOfTwo(missing: String)
  case numbers(name: String, count: Int, features: Int)
  case tensor(TensorFault)
  case content(String)

  var description: String {
    switch self {
    case .noLSTM: "no tensor weight_ih_l0, as PyTorch's nn.LSTM has it, with any prefix"
    case .severalLSTMs(let names): "several LSTMs: \(names.prefix(4).joined(separator: ", "))"
    case .missing(let name, let others):
      "tensor \(name) is missing; the file has "
        + (others.isEmpty ? "no others" : others.prefix(4).joined(separator: ", "))
        + (others.count > 4 ? " and \(others.count - 4) more" : "")
    case .noMatrix(let name, let shape): "tensor \(name) has the shape \(shape) and is no matrix"
    case .normalizationTwice(let name):
      "the normalisation was given, but the file has its own: tensor \(name)"
    case .oneOfTwo(let missing):
      "a normalisation is a mean and a deviation; there is no tensor \(missing)"
    case .numbers(let name, let count, let features):
      "\(name) has \(count) numbers; the network reads \(features) features"
    case .tensor(let fault): fault.description
    case .content(let problem): problem
    }
  }
}

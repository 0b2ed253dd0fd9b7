import Neural

/// Why tensors do not fit an architecture.
enum TensorFault: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case unexpected(String)
  case shape(name: String, found: [Int], expected: [Int])

  var description: String {
    switch self {
    case .missing(let name): "tensor \(name) is missing"
    case .unexpected(let name): "tensor \(name) has no place in this architecture"
    case .shape(let name, let found, let expected):
      "tensor \(name) has the shape \(found); the architecture asks for \(expected)"
    }
  }
}

extension Network<Float> {
  /// The parameters under PyTorch's names and shapes, in the layout's order.
  var tensors: [Tensor] {
    layout.entries.map {
      Tensor(name: $0.name, shape: $0.shape, values: Array(parameters[$0.range]))
    }
  }
}

extension ParameterLayout {
  /// The flat parameters from tensors of exactly this layout's names and shapes, in any order.
  func parameters(from tensors: [Tensor]) throws(TensorFault) -> [Float] {
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var parameters = [Float](repeating: 0, count: count)
    for entry in entries {
      guard let tensor = byName[entry.name] else { throw .missing(entry.name) }
      guard tensor.shape == entry.shape else {
        throw .shape(name: entry.name, found: tensor.shape, expected: entry.shape)
      }
      parameters.replaceSubrange(entry.range, with: tensor.values)
    }
    let names = Set(entries.map(\.name))
    if let extra = tensors.first(where: { !names.contains($0.name) }) {
      throw .unexpected(extra.name)
    }
    return parameters
  }
}

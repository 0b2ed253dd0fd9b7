import Neural

/// Why tensors do not fit an architecture.
package enum TensorFault: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case unexpected(String)
  case shape(name: String, found: [Int], expected: [Int])
  case tooLarge(name: String, value: Float)
  case damaged(SafetensorsFault)
  /// A tensor that should be a list of clips is not.
  case clips(String)
  case clipCount(name: String, found: Int, stated: Int)

  package var description: String {
    switch self {
    case .missing(let name): "tensor \(name) is missing"
    case .unexpected(let name): "tensor \(name) has no place in this architecture"
    case .shape(let name, let found, let expected):
      "tensor \(name) has the shape \(found); the architecture asks for \(expected)"
    case .damaged(let fault): fault.description
    case .clips(let name): "tensor \(name) is no list of clips"
    case .clipCount(let name, let found, let stated):
      "tensor \(name) lists \(found) clips, the metadata says \(stated)"
    case .tooLarge(let name, let value):
      "tensor \(name) holds \(value), beyond the +-\(ParameterLayout.largest) of any real weight"
    }
  }
}

extension Network<Float> {
  /// The parameters under PyTorch's names and shapes, in the layout's order.
  var tensors: [Tensor] {
    layout.entries.map {
      Tensor(name: $0.role.name, shape: $0.shape, values: Array(parameters[$0.range]))
    }
  }
}

extension ParameterLayout {
  /// Larger weights count as damage: their sums could overflow.
  package static let largest: Float = 1e9

  /// The flat parameters from the tensors of `file`, which must have exactly this layout's names
  /// and shapes, in any order; `name` gives the names where they are others than a model's.
  ///
  /// Memory is allocated only after the tensors' sizes were checked.
  func parameters(
    from tensors: [SafetensorsEntry], in file: RawSpan,
    name roleName: (ParameterRole) -> String = \.name
  ) throws(TensorFault) -> [Float] {
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for entry in entries {
      let name = roleName(entry.role)
      guard let tensor = byName[name], tensor.type != .byte else { throw .missing(name) }
      guard tensor.shape == entry.shape else {
        throw .shape(name: name, found: tensor.shape, expected: entry.shape)
      }
    }
    let names = Set(entries.map { roleName($0.role) })
    if let extra = tensors.first(where: { !names.contains($0.name) }) {
      throw .unexpected(extra.name)
    }
    var fault: TensorFault?
    let parameters = [Float](unsafeUninitializedCapacity: count) { buffer, done in
      for entry in entries where fault == nil {
        let (name, target) = (
          roleName(entry.role), UnsafeMutableBufferPointer(rebasing: buffer[entry.range])
        )
        fault =
          byName[name]!.copy(from: file, to: target).map(TensorFault.damaged)
          ?? Self.tooLarge(target, name)
      }
      done = fault == nil ? count : 0
    }
    if let fault { throw fault }
    return parameters
  }

  /// The fault of a tensor with a number beyond the largest weight.
  private static func tooLarge(
    _ values: UnsafeMutableBufferPointer<Float>, _ name: String
  ) -> TensorFault? {
    guard values.largestMagnitude > largest.bitPattern else { return nil }
    return .tooLarge(name: name, value: values.first { $0.magnitude > largest } ?? .nan)
  }
}

/// The place of each tensor in the flat array of parameters, in the order of PyTorch's `nn.LSTM`
/// and `nn.Linear`.
public struct ParameterLayout: Equatable, Sendable {
  /// One tensor.
  public struct Entry: Equatable, Sendable {
    /// The role of the tensor.
    public let role: ParameterRole
    /// The shape, row-major as in PyTorch.
    public let shape: [Int]
    /// Place in the flat array.
    public let range: Range<Int>

    /// Rows of the tensor as a matrix; a vector has one row.
    var rows: Int { shape.count > 1 ? shape[0] : 1 }
    /// Columns of the tensor as a matrix.
    var columns: Int { shape[shape.count - 1] }
  }

  /// All tensors, in the order of their places.
  public let entries: [Entry]
  /// Total number of parameters.
  public let count: Int

  /// The layout of a network with this shape.
  public init(_ shape: NetworkShape) {
    var entries: [Entry] = []
    var end = 0
    func append(_ role: ParameterRole, _ shape: [Int]) {
      let range = end..<end + shape.reduce(1, *)
      entries.append(Entry(role: role, shape: shape, range: range))
      end = range.upperBound
    }
    let gates = 4 * shape.hidden
    for layer in 0..<shape.layers {
      for direction in shape.directions.all {
        append(
          .lstm(.inputWeights, layer: layer, direction), [gates, shape.inputs(ofLayer: layer)])
        append(.lstm(.recurrentWeights, layer: layer, direction), [gates, shape.hidden])
        append(.lstm(.inputBias, layer: layer, direction), [gates])
        append(.lstm(.recurrentBias, layer: layer, direction), [gates])
      }
    }
    for part in shape.pooling.parts {
      guard let own = part.layer(of: Float.self).parameters(states: shape.states) else { continue }
      append(.pooling(.weight, part), own.weight)
      append(.pooling(.bias, part), own.bias)
    }
    append(.output(.weight), [shape.classes, shape.pooled])
    append(.output(.bias), [shape.classes])
    self.entries = entries
    count = end
  }

  /// The tensor with this role.
  ///
  /// - Precondition: There is one.
  public subscript(role: ParameterRole) -> Entry {
    guard let entry = entries.first(where: { $0.role == role }) else {
      preconditionFailure("no \(role) among \(entries.map(\.role))")
    }
    return entry
  }

  /// The tensors that are trained if the first `frozenLayers` LSTM layers are frozen.
  public func learning(frozenLayers: Int) -> [Entry] {
    entries.filter { $0.role.layer ?? .max >= frozenLayers }
  }

  /// The parts of the pooling that have parameters.
  var poolingParts: [PoolingPart] {
    entries.compactMap { if case .pooling(.weight, let part) = $0.role { part } else { nil } }
  }

  /// The distinct groups, in the order of the entries.
  public var groups: [ParameterGroup] {
    entries.reduce(into: []) { groups, entry in
      if !groups.contains(entry.role.group) { groups.append(entry.role.group) }
    }
  }
}

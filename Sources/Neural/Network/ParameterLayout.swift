/// The order of a reading direction's frames.
enum Direction: Int, CaseIterable, Sendable {
  case forward
  case reverse

  /// What PyTorch appends to the names of this direction's parameters.
  var suffix: String { self == .forward ? "" : "_reverse" }

  /// From a frame to the one read before it.
  var previous: Int { self == .forward ? -1 : 1 }

  /// The frames 0..<`count` in the order of reading.
  func order(_ count: Int) -> StrideTo<Int> {
    self == .forward
      ? stride(from: 0, to: count, by: 1) : stride(from: count - 1, to: -1, by: -1)
  }

  /// The guard before the first frame that is read, of 0..<`count`.
  func beforeFirst(_ count: Int) -> Int { self == .forward ? -1 : count }

  /// The other direction.
  var opposite: Direction { self == .forward ? .reverse : .forward }
}

/// Where each tensor lies in the one flat array of parameters, in the order and under the names of
/// PyTorch's `nn.LSTM` and `nn.Linear`.
public struct ParameterLayout: Equatable, Sendable {
  /// One tensor.
  public struct Entry: Equatable, Sendable {
    /// PyTorch's name, such as `lstm.weight_ih_l0_reverse`.
    public let name: String
    /// Row-major, as PyTorch stores it.
    public let shape: [Int]
    /// Place in the flat array.
    public let range: Range<Int>
    /// What gradient norms are reported by: `l0.input`, `l0.recurrent`, `l0.bias`, `attention`,
    /// `output`.
    public let group: String
    /// Whether this is a matrix (two dimensions) rather than a bias.
    public var isMatrix: Bool { shape.count > 1 }
  }

  /// All tensors, in the order of their places.
  public let entries: [Entry]
  /// Numbers in all tensors together.
  public let count: Int

  /// The layout of a network with this shape.
  public init(_ shape: NetworkShape) {
    var entries: [Entry] = []
    var end = 0
    func append(_ name: String, _ shape: [Int], _ group: String) {
      let range = end..<end + shape.reduce(1, *)
      entries.append(Entry(name: name, shape: shape, range: range, group: group))
      end = range.upperBound
    }
    for layer in 0..<shape.layers {
      for direction in Direction.allCases {
        let suffix = "_l\(layer)\(direction.suffix)"
        append(
          "lstm.weight_ih" + suffix, [4 * shape.hidden, shape.inputs(ofLayer: layer)],
          "l\(layer).input")
        append("lstm.weight_hh" + suffix, [4 * shape.hidden, shape.hidden], "l\(layer).recurrent")
        append("lstm.bias_ih" + suffix, [4 * shape.hidden], "l\(layer).bias")
        append("lstm.bias_hh" + suffix, [4 * shape.hidden], "l\(layer).bias")
      }
    }
    if shape.pooling.usesAttention {
      append("attention.weight", [1, 2 * shape.hidden], "attention")
      append("attention.bias", [1], "attention")
    }
    append("output.weight", [shape.classes, shape.pooled], "output")
    append("output.bias", [shape.classes], "output")
    self.entries = entries
    count = end
  }

  /// The entry of that name, if there is one.
  public func entry(named name: String) -> Entry? {
    entries.first { $0.name == name }
  }

  /// The groups, each once, in the order of the entries.
  public var groups: [String] {
    entries.reduce(into: []) { groups, entry in
      if !groups.contains(entry.group) { groups.append(entry.group) }
    }
  }
}

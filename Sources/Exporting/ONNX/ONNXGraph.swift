/// A graph of ONNX operators under construction.
///
/// Every value has a name, which a viewer shows: that of the node that makes it, of a constant, or of
/// the graph's input. Only operators of the standard are there.
struct ONNXGraph {
  /// Version of the standard operators.
  let opset: Int
  private var message = ProtobufMessage()
  private var names: Set<String> = []

  /// The name of a value.
  typealias Value = String

  enum Attribute {
    case integer(Int)
    case integers([Int])
    case text(String)
  }

  /// A size of an input or output.
  enum Size {
    case fixed(Int)
    case named(String)
  }

  init(name: String, opset: Int) {
    self.opset = opset
    message.add(2, name)
  }

  /// Adds a node with one output.
  mutating func node(
    _ operation: String, _ inputs: [Value], as name: Value, _ attributes: [(String, Attribute)] = []
  ) -> Value {
    nodes(operation, inputs, as: [name], attributes)
    return name
  }

  /// Adds a node with several outputs; an empty name leaves one out.
  mutating func nodes(
    _ operation: String, _ inputs: [Value], as outputs: [Value],
    _ attributes: [(String, Attribute)] = []
  ) {
    var node = ProtobufMessage()
    for input in inputs { node.add(1, input) }
    for output in outputs {
      if !output.isEmpty { claim(output) }
      node.add(2, output)
    }
    node.add(3, outputs.first { !$0.isEmpty }!)
    node.add(4, operation)
    for (name, attribute) in attributes { node.add(5, attribute.message(name: name)) }
    message.add(1, node)
  }

  /// Adds a tensor of constants.
  mutating func constant(_ tensor: ONNXTensor, as name: Value) -> Value {
    claim(name)
    message.add(5, tensor.message(name: name))
    return name
  }

  /// Adds a scalar.
  mutating func constant(_ number: Float, as name: Value) -> Value {
    constant(ONNXTensor([number], shape: []), as: name)
  }

  /// Adds a scalar whole number.
  mutating func constant(_ number: Int, as name: Value) -> Value {
    constant(ONNXTensor([number], shape: []), as: name)
  }

  /// Adds a list of whole numbers, such as axes.
  mutating func constant(_ numbers: [Int], as name: Value) -> Value {
    constant(ONNXTensor(numbers, shape: [numbers.count]), as: name)
  }

  /// Declares an input.
  mutating func input(_ name: Value, _ sizes: [Size]) -> Value {
    claim(name)
    message.add(11, Self.valueInfo(name, sizes))
    return name
  }

  /// Declares an output.
  mutating func output(_ name: Value, _ sizes: [Size]) {
    message.add(12, Self.valueInfo(name, sizes))
  }

  /// The graph as part of a model: `ModelProto`.
  func model(producer: String, version: String, metadata: [(String, String)]) -> ProtobufMessage {
    var model = ProtobufMessage()
    // The version of the file format that came with these operators (onnx/docs/Versioning.md).
    model.add(1, opset < 15 ? 7 : opset < 19 ? 8 : opset < 21 ? 9 : 10)
    model.add(2, producer)
    model.add(3, version)
    model.add(7, message)
    var operators = ProtobufMessage()
    operators.add(1, "")
    operators.add(2, opset)
    model.add(8, operators)
    for (key, value) in metadata {
      var entry = ProtobufMessage()
      entry.add(1, key)
      entry.add(2, value)
      model.add(14, entry)
    }
    return model
  }

  private mutating func claim(_ name: Value) {
    precondition(names.insert(name).inserted, "two values named \(name)")
  }

  /// A tensor of float32 as `ValueInfoProto`.
  private static func valueInfo(_ name: Value, _ sizes: [Size]) -> ProtobufMessage {
    var shape = ProtobufMessage()
    for size in sizes {
      var dimension = ProtobufMessage()
      switch size {
      case .fixed(let count): dimension.add(1, count)
      case .named(let name): dimension.add(2, name)
      }
      shape.add(1, dimension)
    }
    var tensor = ProtobufMessage()
    tensor.add(1, ONNXType.float.rawValue)
    tensor.add(2, shape)
    var type = ProtobufMessage()
    type.add(1, tensor)
    var info = ProtobufMessage()
    info.add(1, name)
    info.add(2, type)
    return info
  }
}

extension ONNXGraph.Attribute {
  /// As `AttributeProto`.
  fileprivate func message(name: String) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, name)
    switch self {
    case .integer(let number):
      message.add(3, number)
      message.add(20, 2)
    case .integers(let numbers):
      for number in numbers { message.add(8, number) }
      message.add(20, 7)
    case .text(let text):
      message.add(4, text)
      message.add(20, 3)
    }
    return message
  }
}

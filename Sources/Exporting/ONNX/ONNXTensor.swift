/// Types of numbers, by their codes in `TensorProto.DataType`.
enum ONNXType: Int {
  case float = 1
  case int8 = 3
  case int64 = 7
  case double = 11
}

/// A tensor of constants.
struct ONNXTensor {
  let type: ONNXType
  /// Row-major; empty for a scalar.
  let shape: [Int]
  /// The numbers, little-endian.
  let bytes: [UInt8]

  /// A tensor of float32.
  init(_ values: some Collection<Float>, shape: [Int]) {
    self.init(.float, shape, count: values.count, values.lazy.map(\.bitPattern))
  }

  /// A tensor of float64.
  init(_ values: [Double], shape: [Int]) {
    self.init(.double, shape, count: values.count, values.lazy.map(\.bitPattern))
  }

  /// A tensor of int64.
  init(_ values: [Int], shape: [Int]) {
    self.init(
      .int64, shape, count: values.count, values.lazy.map { UInt64(bitPattern: Int64($0)) })
  }

  /// A tensor of int8.
  init(_ values: [Int8], shape: [Int]) {
    self.init(.int8, shape, count: values.count, values.lazy.map { UInt8(bitPattern: $0) })
  }

  private init(
    _ type: ONNXType, _ shape: [Int], count: Int, _ bits: some Sequence<some FixedWidthInteger>
  ) {
    precondition(count == shape.reduce(1, *), "\(count) numbers in a tensor of \(shape)")
    var bytes: [UInt8] = []
    for number in bits { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    (self.type, self.shape, self.bytes) = (type, shape, bytes)
  }

  /// As `TensorProto`.
  func message(name: String) -> ProtobufMessage {
    var message = ProtobufMessage()
    for size in shape { message.add(1, size) }
    message.add(2, type.rawValue)
    message.add(8, name)
    message.add(9, bytes)
    return message
  }
}

import Basics

/// A named array of numbers.
package struct Tensor: Equatable, Sendable {
  package var name: String
  /// The extents, row-major; their product is `values.count`.
  var shape: [Int]
  package var values: [Float]
  /// Whether the values are whole numbers of -128 to 127, stored in a byte each.
  var isInt8 = false

  package init(name: String, shape: [Int], values: [Float]) {
    (self.name, self.shape, self.values) = (name, shape, values)
  }

  /// How the values are stored.
  fileprivate func type(half: Bool) -> SafetensorsEntry.ElementType {
    isInt8 ? .int8 : half ? .half : .float
  }
}

/// A named array of bytes.
package struct ByteTensor: Equatable, Sendable {
  package var name: String
  package var bytes: [UInt8]
}

/// The safetensors container: a JSON header with names, types, shapes and offsets, then the data.
///
/// Layout (huggingface/safetensors, "Format"): 8 bytes little-endian header length, the header,
/// then the tensors without holes. Values are written as float32, float16 or int8, bytes
/// as uint8.
package struct Safetensors: Equatable, Sendable {
  /// The longest header that is accepted, in bytes.
  package static let maximumHeader = 1 << 20

  /// `__metadata__`: text by key, in the order of the file.
  package var metadata: [String: String]
  /// The tensors, in the order of their data.
  package var tensors: [Tensor]
  /// Tensors of bytes, stored after the others, so that those stay aligned.
  package var byteTensors: [ByteTensor]

  package init(metadata: [String: String], tensors: [Tensor], byteTensors: [ByteTensor] = []) {
    (self.metadata, self.tensors, self.byteTensors) = (metadata, tensors, byteTensors)
  }

  /// The tensor of this name, or nil.
  package subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// The file's bytes.
  ///
  /// Equal content gives equal bytes. `half` stores the values as float16, rounded to the nearest.
  package func encoded(half: Bool = false) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let entries = metadata.sorted { $0.key < $1.key }.map {
        JSONText.string($0.key) + ":" + JSONText.string($0.value)
      }
      members.append("\"__metadata__\":{" + entries.joined(separator: ",") + "}")
    }
    var offset = 0
    for tensor in tensors {
      precondition(
        tensor.values.count == tensor.shape.reduce(1, *),
        "\(tensor.name): \(tensor.values.count) values for the shape \(tensor.shape)")
      let type = tensor.type(half: half)
      let end = offset + tensor.values.count * type.size
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(JSONText.string(tensor.name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    for tensor in byteTensors {
      let end = offset + tensor.bytes.count
      members.append(
        "\(JSONText.string(tensor.name)):{\"dtype\":\"U8\",\"shape\":[\(tensor.bytes.count)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array(("{" + members.joined(separator: ",") + "}").utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header)
    for tensor in tensors {
      // Swift on Linux runs only on little-endian processors, so memory and file have the same
      // bytes.
      switch tensor.type(half: half) {
      case .int8: bytes += tensor.values.map { UInt8(bitPattern: Int8($0)) }
      case .half:
        tensor.values.map { Float16($0) }.withUnsafeBytes { bytes.append(contentsOf: $0) }
      case .float, .byte: tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
      }
    }
    for tensor in byteTensors { bytes += tensor.bytes }
    return bytes
  }
}

/// Why bytes are no acceptable safetensors file.
///
/// Each kind of damage has its own sentence.
enum SafetensorsFault: Error, Equatable, CustomStringConvertible {
  case shorterThanHeaderLength(bytes: Int)
  case headerTooLong(bytes: UInt64)
  case headerBeyondEnd(needed: Int, present: Int)
  case header(JSONValue.Fault)
  case headerNotObject
  case metadataNotText
  case entry(name: String, problem: String)
  case unsupportedType(name: String, type: String)
  case sizeMismatch(name: String, shape: [Int], bytes: Int)
  case overlap(name: String, start: Int, previousEnd: Int)
  case hole(name: String, start: Int, previousEnd: Int)
  case dataLength(declared: Int, present: Int)
  case notFinite(name: String, index: Int)

  var description: String {
    switch self {
    case .shorterThanHeaderLength(let bytes):
      "the file has \(bytes) bytes; a model begins with 8 bytes of header length"
    case .headerTooLong(let bytes):
      "the header claims \(bytes) bytes, more than the \(Safetensors.maximumHeader) allowed"
    case .headerBeyondEnd(let needed, let present):
      "the header ends at byte \(needed), the file at \(present): the file is cut"
    case .header(let fault): "the header is not valid JSON: \(fault)"
    case .headerNotObject: "the header is not a JSON object"
    case .metadataNotText: "__metadata__ is not an object of strings"
    case .entry(let name, let problem): "tensor \(name): \(problem)"
    case .unsupportedType(let name, let type):
      "tensor \(name) has the type \(type); F32 and F16 are supported"
    case .sizeMismatch(let name, let shape, let bytes):
      "tensor \(name) of shape \(shape) has \(bytes) bytes of data, which does not fit"
    case .overlap(let name, let start, let end):
      "tensor \(name) starts at byte \(start), inside the one before it, which ends at \(end)"
    case .hole(let name, let start, let end):
      "tensor \(name) starts at byte \(start), the one before it ends at \(end): a hole"
    case .dataLength(let declared, let present):
      "the header declares \(declared) bytes of data, the file has \(present)"
    case .notFinite(let name, let index):
      "tensor \(name) holds a value that is not finite at \(index)"
    }
  }
}

extension Safetensors {
  /// Reads a file's bytes and trusts nothing: every offset, size, type and value is checked.
  init(decoding bytes: [UInt8]) throws(SafetensorsFault) {
    guard bytes.count >= 8 else { throw .shorterThanHeaderLength(bytes: bytes.count) }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.maximumHeader) else { throw .headerTooLong(bytes: length) }
    let dataStart = 8 + Int(length)
    guard dataStart <= bytes.count else {
      throw .headerBeyondEnd(needed: dataStart, present: bytes.count)
    }
    let header: JSONValue
    do { header = try JSONValue(parsing: bytes[8..<dataStart]) } catch { throw .header(error) }
    guard case .object(let members) = header else { throw .headerNotObject }

    metadata = [:]
    var entries: [Entry] = []
    for (name, value) in members {
      if name == "__metadata__" {
        metadata = try Self.texts(value)
      } else {
        entries.append(try Entry(name: name, value))
      }
    }
    entries.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    var end = 0
    for entry in entries {
      guard entry.start >= end else {
        throw .overlap(name: entry.name, start: entry.start, previousEnd: end)
      }
      guard entry.start == end else {
        throw .hole(name: entry.name, start: entry.start, previousEnd: end)
      }
      end = entry.end
    }
    let present = bytes.count - dataStart
    guard end == present else { throw .dataLength(declared: end, present: present) }
    tensors = []
    for entry in entries {
      tensors.append(
        try entry.tensor(in: bytes[(dataStart + entry.start)..<(dataStart + entry.end)]))
    }
  }

  private static func texts(_ value: JSONValue) throws(SafetensorsFault) -> [String: String] {
    guard case .object(let members) = value else { throw .metadataNotText }
    var texts: [String: String] = [:]
    for (key, value) in members {
      guard case .string(let text) = value else { throw .metadataNotText }
      texts[key] = text
    }
    return texts
  }
}

/// One tensor as the header declares it.
private struct Entry {
  var name: String
  var isHalf: Bool
  var shape: [Int]
  /// Byte offsets from the start of the data.
  var start: Int
  var end: Int

  init(name: String, _ value: JSONValue) throws(SafetensorsFault) {
    guard case .string(let type)? = value["dtype"] else {
      throw .entry(name: name, problem: "dtype is missing or no string")
    }
    guard type == "F32" || type == "F16" else { throw .unsupportedType(name: name, type: type) }
    guard case .array(let extents)? = value["shape"], extents.count <= 8 else {
      throw .entry(name: name, problem: "shape is missing or no list of at most 8 extents")
    }
    guard case .array(let offsets)? = value["data_offsets"], offsets.count == 2,
      let start = offsets[0].count, let end = offsets[1].count, start <= end
    else { throw .entry(name: name, problem: "data_offsets are missing or no rising pair") }
    var shape: [Int] = []
    var count = 1
    for extent in extents {
      guard let extent = extent.count else {
        throw .entry(name: name, problem: "shape holds a value that is no whole number")
      }
      shape.append(extent)
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product <= 1 << 40 else {
        throw .sizeMismatch(name: name, shape: shape, bytes: end - start)
      }
      count = product
    }
    isHalf = type == "F16"
    guard count * (isHalf ? 2 : 4) == end - start else {
      throw .sizeMismatch(name: name, shape: shape, bytes: end - start)
    }
    (self.name, self.shape, self.start, self.end) = (name, shape, start, end)
  }

  func tensor(in data: ArraySlice<UInt8>) throws(SafetensorsFault) -> Tensor {
    let values: [Float] = data.withUnsafeBytes { data in
      if isHalf {
        return (0..<data.count / 2).map { index in
          Self.float(
            half: UInt16(
              littleEndian: data.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
        }
      }
      return [Float](unsafeUninitializedCapacity: data.count / 4) { values, count in
        UnsafeMutableRawBufferPointer(values).copyMemory(from: data)
        count = data.count / 4
      }
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(name: name, index: index)
    }
    return Tensor(name: name, shape: shape, values: values)
  }

  /// IEEE 754 binary16, widened.
  ///
  /// Written out because `Float16` is not there on every platform.
  private static func float(half bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }
}

/// Reads Protocol Buffers' wire format back: the fields of one message in their order.
struct ProtobufReader {
  enum Value: Equatable {
    case number(UInt64)
    case bytes([UInt8])
  }

  private(set) var fields: [(number: Int, value: Value)] = []

  /// Nil where the bytes are no message.
  init?(_ bytes: [UInt8]) {
    var place = 0
    func varint() -> UInt64? {
      var (result, shift) = (UInt64(0), UInt64(0))
      while place < bytes.count, shift < 64 {
        let byte = bytes[place]
        place += 1
        result |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return result }
        shift += 7
      }
      return nil
    }
    while place < bytes.count {
      guard let key = varint() else { return nil }
      let number = Int(key >> 3)
      switch key & 7 {
      case 0:
        guard let value = varint() else { return nil }
        fields.append((number, .number(value)))
      case 2:
        guard let count = varint().map({ Int($0) }), place + count <= bytes.count else {
          return nil
        }
        fields.append((number, .bytes(Array(bytes[place..<place + count]))))
        place += count
      default: return nil
      }
    }
  }

  func messages(_ number: Int) -> [ProtobufReader] {
    bytes(number).map { ProtobufReader($0)! }
  }

  func texts(_ number: Int) -> [String] {
    bytes(number).map { String(decoding: $0, as: UTF8.self) }
  }

  func bytes(_ number: Int) -> [[UInt8]] {
    fields.compactMap { field in
      if field.number == number, case .bytes(let bytes) = field.value { bytes } else { nil }
    }
  }

  func numbers(_ number: Int) -> [Int] {
    fields.compactMap { field in
      guard field.number == number, case .number(let value) = field.value else { return nil }
      return Int(Int64(bitPattern: value))
    }
  }
}

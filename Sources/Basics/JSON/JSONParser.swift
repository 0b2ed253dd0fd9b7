/// A recursive-descent reader of RFC 8259 for small, untrusted documents.
struct JSONParser {
  /// Deeper nesting is refused, so that a hostile file cannot exhaust the stack.
  private static let maximumDepth = 64

  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var depth = 0

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  mutating func document() throws(JSONValue.Fault) -> JSONValue {
    let value = try value()
    skipWhiteSpace()
    guard index == bytes.endIndex else { throw fault("text after the value") }
    return value
  }

  private mutating func value() throws(JSONValue.Fault) -> JSONValue {
    skipWhiteSpace()
    switch peek {
    case UInt8(ascii: "{"):
      return try nested { parser throws(JSONValue.Fault) in try parser.object() }
    case UInt8(ascii: "["):
      return try nested { parser throws(JSONValue.Fault) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONValue.Fault) -> JSONValue
  ) throws(JSONValue.Fault) -> JSONValue {
    guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth)") }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func object() throws(JSONValue.Fault) -> JSONValue {
    index += 1
    var members: [(key: String, value: JSONValue)] = []
    var seen: Set<String> = []
    if take("}") { return .object([]) }
    repeat {
      skipWhiteSpace()
      guard peek == UInt8(ascii: "\"") else { throw fault("a key must be a string") }
      let key = try string()
      guard seen.insert(key).inserted else { throw fault("duplicate key \"\(key)\"") }
      guard take(":") else { throw fault("expected ':'") }
      members.append((key, try value()))
    } while take(",")
    guard take("}") else { throw fault("expected ',' or '}'") }
    return .object(members)
  }

  private mutating func array() throws(JSONValue.Fault) -> JSONValue {
    index += 1
    var values: [JSONValue] = []
    if take("]") { return .array([]) }
    repeat { values.append(try value()) } while take(",")
    guard take("]") else { throw fault("expected ',' or ']'") }
    return .array(values)
  }

  private mutating func string() throws(JSONValue.Fault) -> String {
    index += 1
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw fault("control character in a string") }
      index += 1
      if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
    }
    guard peek != nil else { throw fault("string without an end") }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw fault("string that is not UTF-8")
    }
    index += 1
    return string
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONValue.Fault) {
    guard let byte = peek else { throw fault("string without an end") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), take2("\\u") {
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw fault("lone surrogate") }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("lone surrogate") }
      text.append(contentsOf: UTF8.encode(scalar)!)
    default: throw fault("unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONValue.Fault) -> UInt32 {
    guard index + 4 <= bytes.endIndex,
      let text = String(validating: bytes[index..<index + 4], as: UTF8.self),
      text.allSatisfy(\.isHexDigit), let code = UInt32(text, radix: 16)
    else { throw fault("expected four hexadecimal digits") }
    index += 4
    return code
  }

  private mutating func number() throws(JSONValue.Fault) -> JSONValue {
    let start = index
    _ = takeByte(UInt8(ascii: "-"))
    let whole = digits()
    var isValid = whole.count == 1 || (whole.count > 1 && whole.first != UInt8(ascii: "0"))
    if takeByte(UInt8(ascii: ".")) { isValid = !digits().isEmpty && isValid }
    if takeByte(UInt8(ascii: "e")) || takeByte(UInt8(ascii: "E")) {
      if !takeByte(UInt8(ascii: "+")) { _ = takeByte(UInt8(ascii: "-")) }
      isValid = !digits().isEmpty && isValid
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard isValid, let value = Double(text), value.isFinite else { throw fault("expected a value") }
    if let exact = UInt64(text), exact > 9_007_199_254_740_992 { return .whole(exact) }
    return .number(value)
  }

  private mutating func digits() -> ArraySlice<UInt8> {
    let start = index
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
    return bytes[start..<index]
  }

  private mutating func word(
    _ text: StaticString, _ value: JSONValue
  ) throws(JSONValue.Fault) -> JSONValue {
    for offset in 0..<text.utf8CodeUnitCount {
      guard takeByte(text.utf8Start[offset]) else { throw fault("expected a value") }
    }
    return value
  }

  private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func takeByte(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  /// Takes a punctuation mark after any white space.
  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipWhiteSpace()
    return takeByte(UInt8(ascii: mark))
  }

  private mutating func take2(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += 2
    return true
  }

  private mutating func skipWhiteSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  private func fault(_ message: String) -> JSONValue.Fault {
    .init(message: message, offset: index - bytes.startIndex)
  }
}

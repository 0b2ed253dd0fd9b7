/// A JSON value, parsed strictly: no duplicate keys, no bytes after the value.
///
/// `JSONDecoder` keeps the first of two equal keys and other readers the last; so a document with
/// equal keys is refused here (RFC 8259 leaves the behaviour open).
package indirect enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  /// A whole number that a Double cannot hold exactly, such as a large seed.
  case whole(UInt64)
  case string(String)
  case array([JSONValue])
  /// The members, in the order of the file.
  case object([(key: String, value: JSONValue)])

  /// What is wrong with the text, and where, as a byte offset.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    package var message: String
    package var offset: Int
    package var description: String { "\(message) at byte \(offset)" }
  }

  /// Reads exactly one value, which may be surrounded by white space.
  package init(parsing bytes: ArraySlice<UInt8>) throws(Fault) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }

  /// The value of a member; nil if this is not an object or has no such key.
  ///
  /// Setting nil removes the member. Setting a member of a value that is not an object does
  /// nothing.
  package subscript(key: String) -> JSONValue? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.key == key }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      if let index = members.firstIndex(where: { $0.key == key }) {
        if let newValue { members[index].value = newValue } else { members.remove(at: index) }
      } else if let newValue {
        members.append((key, newValue))
      }
      self = .object(members)
    }
  }

  /// A whole number of 0 or more that a Double holds exactly, or nil.
  package var count: Int? {
    guard case .number(let value) = self, value >= 0, value <= 9_007_199_254_740_992,
      value == value.rounded(.towardZero)
    else { return nil }
    return Int(value)
  }

  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.whole(let a), .whole(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }
}

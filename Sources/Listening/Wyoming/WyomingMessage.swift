import Basics

/// One message of the Wyoming protocol: a line of JSON, then more JSON and a payload if the line says so.
///
/// The protocol: https://github.com/OHF-Voice/wyoming.
struct WyomingMessage: Equatable, Sendable {
  /// The protocol's version, as its Python package counts it.
  private static let version = "1.7.2"

  var type: String
  /// An object.
  var data: JSONValue = .object([])
  var payload: [UInt8] = []

  /// The bytes of the message.
  var bytes: [UInt8] {
    let body = Array(data.text.utf8)
    var members: [(key: String, value: JSONValue)] = [
      ("type", .string(type)), ("version", .string(Self.version)),
      ("data_length", .number(Double(body.count))),
    ]
    if !payload.isEmpty { members.append(("payload_length", .number(Double(payload.count)))) }
    return Array(JSONValue.object(members).text.utf8) + [UInt8(ascii: "\n")] + body + payload
  }
}

/// The first line of a message.
struct WyomingHeader: Equatable {
  /// Bytes that a line, the data and the payload may have.
  static let (mostLine, mostData, mostPayload) = (1 << 16, 1 << 16, 1 << 20)

  var type: String
  var data: JSONValue
  var dataLength: Int
  var payloadLength: Int

  /// Reads the line, without its end.
  ///
  /// - Throws: `WyomingFault` if it is not a header, or announces too much.
  init(_ line: ArraySlice<UInt8>) throws(WyomingFault) {
    let object: JSONValue
    do { object = try JSONValue(parsing: line) } catch {
      throw WyomingFault("a message is not JSON: \(error)")
    }
    guard case .string(let type)? = object["type"] else {
      throw WyomingFault("a message has no type")
    }
    self.type = type
    data = object["data"] ?? .object([])
    if data == .null { data = .object([]) }
    guard case .object = data else { throw WyomingFault("the data of \(type) are not an object") }
    dataLength = try Self.length("data_length", object, most: Self.mostData)
    payloadLength = try Self.length("payload_length", object, most: Self.mostPayload)
  }

  private static func length(
    _ key: String, _ object: JSONValue, most: Int
  ) throws(WyomingFault) -> Int {
    guard let value = object[key], value != .null else { return 0 }
    guard let count = value.count else { throw WyomingFault("\(key) is not a size") }
    guard count <= most else {
      throw WyomingFault("\(key) of \(count) bytes, more than the \(most) that are allowed")
    }
    return count
  }

  /// The message, whose further data are `bytes`.
  func message(data bytes: [UInt8], payload: [UInt8]) throws(WyomingFault) -> WyomingMessage {
    var message = WyomingMessage(type: type, data: data, payload: payload)
    guard !bytes.isEmpty else { return message }
    let more: JSONValue
    do { more = try JSONValue(parsing: bytes[...]) } catch {
      throw WyomingFault("the data of \(type) are not JSON: \(error)")
    }
    guard case .object(let members) = more else {
      throw WyomingFault("the data of \(type) are not an object")
    }
    for (key, value) in members { message.data[key] = value }
    return message
  }
}

/// Why a client is dismissed, in one sentence.
struct WyomingFault: Error, Equatable, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

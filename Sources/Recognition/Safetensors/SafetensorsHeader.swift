import Basics

/// The header of a safetensors file, checked against the file.
///
/// The tensors stay in the file and are read one by one.
struct SafetensorsHeader {
  /// `__metadata__`: texts by key.
  var metadata: [String: String] = [:]
  /// The tensors, in the order of their data.
  package var entries: [SafetensorsEntry] = []

  /// Reads the header of a file; every offset, size and type is checked.
  init(of bytes: RawSpan) throws(SafetensorsFault) {
    guard bytes.byteCount >= 8 else { throw .shorterThanHeaderLength(bytes: bytes.byteCount) }
    let length = UInt64(littleEndian: bytes.unsafeLoadUnaligned(as: UInt64.self))
    guard length <= UInt64(Safetensors.maximumHeader) else { throw .headerTooLong(bytes: length) }
    let dataStart = 8 + Int(length)
    guard dataStart <= bytes.byteCount else {
      throw .headerBeyondEnd(needed: dataStart, present: bytes.byteCount)
    }
    let text = bytes.extracting(8..<dataStart).withUnsafeBytes { Array($0) }
    let header: JSONValue
    do { header = try JSONValue(parsing: text[...]) } catch { throw .header(error) }
    guard case .object(let members) = header else { throw .headerNotObject }
    for (name, value) in members {
      if name == "__metadata__" {
        metadata = try Self.texts(value)
      } else {
        entries.append(try SafetensorsEntry(name: name, value))
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
    let present = bytes.byteCount - dataStart
    guard end == present else { throw .dataLength(declared: end, present: present) }
    for index in entries.indices { entries[index].dataStart = dataStart }
  }

  /// The tensors of bytes, from the file.
  func byteTensors(in file: RawSpan) -> [ByteTensor] {
    entries.filter { $0.type == .byte }.map {
      ByteTensor(name: $0.name, bytes: $0.bytes(in: file))
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

extension Safetensors {
  /// Reads a whole file; every value is checked.
  package init(decoding bytes: [UInt8]) throws(SafetensorsFault) {
    let span = bytes.span.bytes
    let header = try SafetensorsHeader(of: span)
    metadata = header.metadata
    tensors = []
    byteTensors = header.byteTensors(in: span)
    for entry in header.entries where entry.type != .byte {
      var tensor = Tensor(
        name: entry.name, shape: entry.shape, values: try entry.values(in: span))
      tensor.isInt8 = entry.type == .int8
      tensors.append(tensor)
    }
  }
}

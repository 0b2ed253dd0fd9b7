import Testing

@testable import Basics
@testable import Recognition

/// The container: what is written is read back, and each kind of damage has its own sentence.
@Suite struct SafetensorsTests {
  /// A file from its header text and its data.
  private func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
    let text = Array(header.utf8)
    return withUnsafeBytes(of: (length ?? UInt64(text.count)).littleEndian) { Array($0) } + text
      + [UInt8](repeating: 0, count: data)
  }

  private func fault(_ bytes: [UInt8]) -> SafetensorsFault? {
    do {
      _ = try Safetensors(decoding: bytes)
      return nil
    } catch { return error }
  }

  private func entry(
    _ name: String, type: String = "F32", shape: String = "[2]", offsets: String = "[0,8]"
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  @Test func writtenTensorsAreReadBack() throws {
    let container = Safetensors(
      metadata: ["kws": "{\"a\":\"é\\n\"}", "other": ""],
      tensors: [
        Tensor(
          name: "a", shape: [2, 3], values: [0, -0.0, 1, -1.5, .leastNonzeroMagnitude, 3e38]),
        Tensor(name: "empty", shape: [0, 4], values: []),
        Tensor(name: "scalar", shape: [], values: [7]),
      ])
    let bytes = container.encoded()
    #expect(try Safetensors(decoding: bytes) == container)
    #expect(bytes == container.encoded())
    // The data begins at a multiple of 8 bytes, as the format recommends.
    #expect((bytes.count - 28) % 8 == 0)
  }

  /// The widths are binary16's own: exact powers, the largest, the smallest normal and subnormal.
  @Test func halfPrecisionIsWidened() throws {
    let halves: [(UInt16, Float)] = [
      (0x0000, 0), (0x8000, -0.0), (0x3C00, 1), (0xC000, -2), (0x7BFF, 65_504),
      (0x0400, 0x1p-14), (0x0001, 0x1p-24), (0x03FF, 1023 * 0x1p-24), (0x3555, 0.333251953125),
    ]
    let header = "{" + entry("h", type: "F16", shape: "[9]", offsets: "[0,18]") + "}"
    let bytes = file(header) + halves.flatMap { [UInt8($0.0 & 0xFF), UInt8($0.0 >> 8)] }
    let values = try Safetensors(decoding: bytes).tensors[0].values
    #expect(values.map(\.bitPattern) == halves.map(\.1.bitPattern))
    for infinite: UInt16 in [0x7C00, 0xFC00, 0x7E00] {
      let header = "{" + entry("h", type: "F16", shape: "[1]", offsets: "[0,2]") + "}"
      let bytes = file(header) + [UInt8(infinite & 0xFF), UInt8(infinite >> 8)]
      #expect(fault(bytes) == .notFinite(name: "h", index: 0))
    }
  }

  @Test func eachKindOfDamageHasItsOwnFault() {
    #expect(fault([]) == .shorterThanHeaderLength(bytes: 0))
    #expect(fault([1, 2, 3]) == .shorterThanHeaderLength(bytes: 3))
    #expect(fault(file("{}", length: 1 << 20 + 1)) == .headerTooLong(bytes: 1 << 20 + 1))
    #expect(fault(file("{}", length: .max)) == .headerTooLong(bytes: .max))
    #expect(fault(file("{}", length: 100)) == .headerBeyondEnd(needed: 108, present: 10))
    #expect(fault(file("{")) == .header(.init(message: "a key must be a string", offset: 1)))
    #expect(fault(file("[]")) == .headerNotObject)
    #expect(fault(file("{\"__metadata__\":[]}")) == .metadataNotText)
    #expect(fault(file("{\"__metadata__\":{\"a\":1}}")) == .metadataNotText)
    #expect(
      fault(file("{" + entry("a") + "," + entry("a") + "}", data: 8))
        == .header(.init(message: "duplicate key \"a\"", offset: 57)))
    #expect(
      fault(file("{" + entry("a", type: "I64") + "}", data: 8))
        == .unsupportedType(name: "a", type: "I64"))
    #expect(
      fault(file("{" + entry("a", shape: "[3]") + "}", data: 8))
        == .sizeMismatch(name: "a", shape: [3], bytes: 8))
    #expect(
      fault(file("{" + entry("a", shape: "[4611686018427387904,8]") + "}", data: 8)) != nil)
    #expect(
      fault(file("{" + entry("a") + "," + entry("b", offsets: "[4,12]") + "}", data: 12))
        == .overlap(name: "b", start: 4, previousEnd: 8))
    #expect(
      fault(file("{" + entry("a") + "," + entry("b", offsets: "[12,20]") + "}", data: 20))
        == .hole(name: "b", start: 12, previousEnd: 8))
    #expect(
      fault(file("{" + entry("a", offsets: "[8,16]") + "}", data: 16))
        == .hole(name: "a", start: 8, previousEnd: 0))
    #expect(
      fault(file("{" + entry("a") + "}", data: 7)) == .dataLength(declared: 8, present: 7))
    #expect(
      fault(file("{" + entry("a") + "}", data: 9)) == .dataLength(declared: 8, present: 9))
  }

  @Test(arguments: [
    "{\"shape\":[2],\"data_offsets\":[0,8]}", "{\"dtype\":\"F32\",\"data_offsets\":[0,8]}",
    "{\"dtype\":\"F32\",\"shape\":[2]}", "{\"dtype\":1,\"shape\":[2],\"data_offsets\":[0,8]}",
    "{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}",
    "{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}",
    "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}",
    "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}",
    "{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}", "[]", "null",
  ])
  func entriesOfWrongTypesAreRefused(_ entry: String) {
    guard case .entry(name: "a", problem: _)? = fault(file("{\"a\":\(entry)}", data: 8)) else {
      Issue.record("\(entry) gave \(String(describing: fault(file("{\"a\":\(entry)}", data: 8))))")
      return
    }
  }

  @Test func valuesThatAreNotFiniteAreRefused() {
    for value in [Float.nan, .infinity, -.infinity] {
      let bytes = Safetensors(
        metadata: [:], tensors: [Tensor(name: "a", shape: [3], values: [0, value, 0])]
      ).encoded()
      #expect(fault(bytes) == .notFinite(name: "a", index: 1))
    }
  }

  /// No byte of the header can be changed, and the file cannot be cut, without either an error or a
  /// container that is still consistent.
  @Test func noDamageToTheHeaderIsFatal() {
    let good = Safetensors(
      metadata: ["kws": "{}"],
      tensors: [
        Tensor(name: "a", shape: [2], values: [1, 2]), Tensor(name: "b", shape: [1], values: [3]),
      ]
    ).encoded()
    for length in good.indices { #expect(fault(Array(good[..<length])) != nil, "cut at \(length)") }
    for index in 0..<(good.count - 12) {
      for bit in 0..<8 {
        var bad = good
        bad[index] ^= 1 << bit
        if let container = try? Safetensors(decoding: bad) {
          #expect(container.tensors.reduce(0) { $0 + $1.values.count } == 3)
        }
      }
    }
  }
}

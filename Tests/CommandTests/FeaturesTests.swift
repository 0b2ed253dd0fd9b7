import Foundation
import TestSupport
import Testing

@Suite struct FeaturesTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func csv(_ options: String...) -> [[Float]] {
    let arguments = ["features", CommandFixture.clip] + options
    let text = program.run(arguments: arguments.map { Array($0.utf8) }).text
    return text.split(separator: "\n").map { $0.split(separator: ",").map { Float($0)! } }
  }

  @Test func csvHasARowAFrame() {
    let rows = csv("--coefficients", "10", "--deltas", "0")
    #expect(rows.count > 10 && rows.allSatisfy { $0.count == 10 && $0.allSatisfy(\.isFinite) })
    #expect(csv("--coefficients", "10", "--deltas", "2")[0].count == 30)
  }

  @Test func jsonHoldsTheSameNumbers() throws {
    let output = program.run("features", CommandFixture.clip, "--format", "json")
    let rows = try JSONDecoder().decode([[Float]].self, from: Data(output.bytes))
    #expect(rows == csv())
  }

  /// numpy.lib.format, version 1.0: magic, version, header length, a Python literal padded with
  /// spaces to a multiple of 64 and ended by a line feed, then the values.
  @Test func npyIsNumPysFormat() throws {
    let out = folder["f.npy"].string
    #expect(
      program.run("features", CommandFixture.clip, "--format", "npy", "--out", out).bytes.isEmpty)
    let bytes = try #require(TemporaryFolder.read(folder["f.npy"]))
    let rows = csv()
    #expect(Array(bytes[..<8]) == [0x93] + Array("NUMPY".utf8) + [1, 0])
    let length = Int(bytes[8]) | Int(bytes[9]) << 8
    #expect((10 + length) % 64 == 0)
    let header = String(decoding: bytes[10..<(10 + length)], as: UTF8.self)
    let literal =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows.count), \(rows[0].count)), }"
    #expect(header == literal + String(repeating: " ", count: length - literal.count - 1) + "\n")
    let data = Array(bytes[(10 + length)...])
    let values = stride(from: 0, to: data.count, by: 4).map { index in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[index + $1]) << ($1 * 8) })
    }
    #expect(values == Array(rows.joined()))
    let piped = program.run("features", CommandFixture.clip, "--format", "npy")
    #expect(piped.bytes == bytes)
  }

  @Test func aClipComesFromStandardInput() {
    let bytes = TemporaryFolder.read(CommandFixture.folder[CommandFixture.clip])!
    let output = program.run("features", "-", input: bytes)
    #expect(output.code == 0 && output.text.split(separator: "\n").count == csv().count)
  }
}

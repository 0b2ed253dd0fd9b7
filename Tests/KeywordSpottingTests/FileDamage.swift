import Glibc

@testable import Basics

/// Seeded damage to model and checkpoint files.
enum FileDamage {
  /// A number of the environment: `KWS_FUZZ_RUNS`, `KWS_FUZZ_SEED`.
  static func number(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  /// What a Double, an Int or a parser may stumble over.
  private static let spoilers = [
    "-1", "0", "1e308", "1e-308", "9223372036854775807", "18446744073709551616", "-0.0", "1e999",
    "null", "[]", "{}", "\"\"", "true", "65536", "4294967296", "0.1", "\\u0000", "\\ud800", "NaN",
    "\"kaldi\"", "[[[[[[", "1048577", "2147483648", "768000", "1e9",
  ]

  /// A safetensors file with one to four changes, most of them in its header.
  static func damaged(
    _ good: [UInt8], using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = good
    let header = 8 + good[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    for _ in 0...generator.integer(below: 3) {
      let place = generator.integer(below: max(1, min(bytes.count, header)))
      switch generator.integer(below: 8) {
      case 0: bytes[place] ^= 1 << UInt8(generator.integer(below: 8))
      case 1: bytes[place] = UInt8(generator.integer(below: 256))
      case 2:
        bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.integer(below: 9)))
      case 3:
        let from = generator.integer(below: bytes.count)
        bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 20)], at: place)
      case 4: bytes.removeSubrange(generator.integer(below: bytes.count)...)
      case 5: bytes[generator.integer(below: bytes.count)] = UInt8(generator.integer(below: 256))
      default: spoilNumber(in: &bytes, near: place, using: &generator)
      }
      if bytes.isEmpty { return bytes }
    }
    // The header's length is set right in half of the cases, so that damage reaches further in.
    if generator.integer(below: 2) == 0, bytes.count > 8 {
      let length = max(0, header - 8 + bytes.count - good.count)
      for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
    }
    return bytes
  }

  /// Replaces the next number after `place` by something else.
  static func spoilNumber(
    in bytes: inout [UInt8], near place: Int, using generator: inout SeededGenerator
  ) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
    let spoiler = spoilers[generator.integer(below: spoilers.count)]
    bytes.replaceSubrange(start..<end, with: spoiler.utf8)
  }
}

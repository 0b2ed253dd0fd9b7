/// The checksum of an Ogg page (RFC 3533): 32 bits, polynomial 0x04C11DB7, initial value 0, not
/// reflected.
enum OggChecksum {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte) << 24) { sum, _ in
      sum & 0x8000_0000 == 0 ? sum << 1 : sum << 1 ^ 0x04C1_1DB7
    }
  }

  /// The checksum of some bytes.
  static func of(_ bytes: [UInt8]) -> UInt32 {
    let table = table
    var sum: UInt32 = 0
    for byte in bytes { sum = sum << 8 ^ table[Int(sum >> 24) ^ Int(byte)] }
    return sum
  }
}

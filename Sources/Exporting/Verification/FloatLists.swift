/// Lists of floats as bytes, which every language reads: each list as its count in 32 bits and its
/// numbers, all little-endian.
enum FloatLists {
  /// The bytes of lists.
  static func encoded(_ lists: [[Float]]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lists.reduce(0) { $0 + 4 + 4 * $1.count })
    func append(_ number: UInt32) { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    for list in lists {
      append(UInt32(list.count))
      for value in list { append(value.bitPattern) }
    }
    return bytes
  }

  /// Rows of `count` numbers, which stand one after the other without counts; a rest is left out.
  static func decoded(_ bytes: [UInt8], of count: Int) -> [[Float]] {
    stride(from: 0, through: bytes.count - 4 * count, by: 4 * count).map { start in
      (0..<count).map { index in
        let place = start + 4 * index
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        return Float(bitPattern: bits)
      }
    }
  }
}

/// Order of the bytes of whole numbers in a file.
enum ByteOrder {
  case little
  case big

  /// The unsigned whole number in up to 8 bytes.
  func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    precondition(bytes.count <= 8, "a number of \(bytes.count) bytes")
    let ordered = self == .big ? Array(bytes) : bytes.reversed()
    return ordered.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The `count` bytes of a whole number.
  func bytes(_ number: Int, count: Int) -> [UInt8] {
    let little = (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    return self == .little ? little : little.reversed()
  }
}

extension [UInt8] {
  /// The whole number of `count` bytes at a place; nil past the end or above what Int holds.
  func number(at place: Int, count: Int, _ order: ByteOrder) -> Int? {
    guard place >= 0, place + count <= self.count else { return nil }
    return Int(exactly: order.number(self[place..<place + count]))
  }

  /// The four letters at a place; nil past the end.
  func letters(at place: Int, count: Int = 4) -> String? {
    guard place >= 0, place + count <= self.count else { return nil }
    return String(decoding: self[place..<place + count], as: UTF8.self)
  }
}

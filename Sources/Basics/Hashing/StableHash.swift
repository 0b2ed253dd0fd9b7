/// A hash that is the same in every run, unlike the standard library's.
package enum StableHash {
  /// FNV-1a with 64 bits (Fowler, Noll, Vo; RFC 9923).
  package static func of(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }

  /// One of `count` buckets.
  package static func bucket(of text: String, count: Int) -> Int { Int(of(text) % UInt64(count)) }
}

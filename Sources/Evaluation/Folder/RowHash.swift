import Basics
import SystemPackage

/// A hash of a growing table's bytes that does not depend on their division into pieces; not secure
/// against forgery.
struct RowHash {
  private var hash: UInt64 = 0
  /// Bytes of an incomplete word, little-endian.
  private var word: UInt64 = 0
  private var count: UInt64 = 0

  /// The hash of all bytes so far.
  var value: UInt64 {
    var value = hash
    ContentHash.mix(word, into: &value)
    ContentHash.mix(count, into: &value)
    return value
  }

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      word |= UInt64(byte) << (8 * (count % 8))
      count += 1
      if count % 8 == 0 {
        ContentHash.mix(word, into: &hash)
        word = 0
      }
    }
  }

  init() {}

  /// The hash of the first `limit` bytes of a file.
  init(_ path: FilePath, limit: Int) throws(FileError) {
    let blocks = try FileBlocks(path, limit: limit)
    while let block = Optional(try blocks.next()), !block.isEmpty { add(block) }
  }
}

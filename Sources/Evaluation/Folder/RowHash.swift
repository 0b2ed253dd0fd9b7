import Basics
import SystemPackage

/// Names the bytes of a table that grows, however they were cut; not meant against forgery.
struct RowHash {
  private var hash: UInt64 = 0
  /// Bytes that fill no word yet, little end first.
  private var word: UInt64 = 0
  private var count: UInt64 = 0

  /// The name of what was added so far.
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

  /// The first `limit` bytes of a file.
  init(_ path: FilePath, limit: Int) throws(FileError) {
    let blocks = try FileBlocks(path, limit: limit)
    while let block = Optional(try blocks.next()), !block.isEmpty { add(block) }
  }
}

/// A set of clips by content, in five bytes per clip, without names.
///
/// 48 bits of each `ContentHash` are kept. Of m clips that are not in a set of n, on average n m /
/// 2^48 are found in it by mistake: 3 in ten million for 24,421 clips and 3,291 others, 4 in a
/// thousand for a million and a million others.
public struct ClipSet: Equatable, Sendable {
  /// Number of bits of a content hash that are dropped.
  private static let dropped: UInt64 = 16
  /// Most groups of 7 bits for a gap below 2^48.
  private static let longestGap = 7

  /// The upper 48 bits of each hash, sorted.
  private let hashes: [UInt64]

  /// The clips with these content hashes, in any order; equal ones count once.
  public init(_ contentHashes: some Sequence<UInt64> = []) {
    hashes = Set(contentHashes.map { $0 >> Self.dropped }).sorted()
  }

  private init(sorted hashes: [UInt64]) { self.hashes = hashes }

  /// Number of distinct clips.
  public var count: Int { hashes.count }

  /// Whether the set has a clip with this content hash.
  public func contains(_ contentHash: UInt64) -> Bool {
    let wanted = contentHash >> Self.dropped
    var (low, high) = (0, hashes.count)
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < hashes.count && hashes[low] == wanted
  }

  /// The clips of both sets.
  public func union(_ other: ClipSet) -> ClipSet {
    ClipSet(sorted: Set(hashes).union(other.hashes).sorted())
  }

  /// The hashes as bytes: for each hash the difference to the one before, less one, in LEB128
  /// (groups of 7 bits, the lowest first; the eighth bit is set in all but the last).
  var packed: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * 6)
    var next: UInt64 = 0
    for hash in hashes {
      var gap = hash - next
      while gap >= 0x80 {
        bytes.append(UInt8(gap & 0x7F) | 0x80)
        gap >>= 7
      }
      bytes.append(UInt8(gap))
      next = hash + 1
    }
    return bytes
  }

  /// Reads the bytes of `packed`; nil for any others.
  init?(packed bytes: [UInt8]) {
    var hashes: [UInt64] = []
    hashes.reserveCapacity(bytes.count / 5)
    var next: UInt64 = 0
    var gap: UInt64 = 0
    var groups: UInt64 = 0
    for byte in bytes {
      gap |= UInt64(byte & 0x7F) << (7 * groups)
      groups += 1
      if byte >= 0x80 {
        guard groups < Self.longestGap else { return nil }
        continue
      }
      // Only the shortest form of a number is valid, so that equal sets have equal bytes.
      guard byte > 0 || groups == 1, next + gap < 1 << (64 - Self.dropped) else { return nil }
      hashes.append(next + gap)
      (next, gap, groups) = (next + gap + 1, 0, 0)
    }
    guard groups == 0 else { return nil }
    self.hashes = hashes
  }
}

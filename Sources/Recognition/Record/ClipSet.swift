/// Clips by their content, in five bytes a clip and without their names.
///
/// 48 bits of each `ContentHash` are kept. Of m clips that are not in a set of n, n m / 2^48 are taken
/// for one of it on average: 3 in ten million times for 24,421 clips and 3,291 others, 4 in a thousand
/// times for a million and a million others.
public struct ClipSet: Equatable, Sendable {
  /// Bits that are dropped of a content hash.
  private static let dropped: UInt64 = 16
  /// Groups of 7 bits that a gap below 2^48 can take.
  private static let longestGap = 7

  /// The upper 48 bits of each hash, rising.
  private let hashes: [UInt64]

  /// The clips of these content hashes, in any order; equal ones count once.
  public init(_ contentHashes: some Sequence<UInt64> = []) {
    hashes = Set(contentHashes.map { $0 >> Self.dropped }).sorted()
  }

  private init(sorted hashes: [UInt64]) { self.hashes = hashes }

  /// How many different clips there are.
  public var count: Int { hashes.count }

  /// Whether a clip of this content hash is there.
  public func contains(_ contentHash: UInt64) -> Bool {
    let wanted = contentHash >> Self.dropped
    var (low, high) = (0, hashes.count)
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < hashes.count && hashes[low] == wanted
  }

  /// The clips of both.
  public func union(_ other: ClipSet) -> ClipSet {
    ClipSet(sorted: Set(hashes).union(other.hashes).sorted())
  }

  /// The hashes as bytes: from each to the next in LEB128 (groups of 7 bits, the lowest first, the
  /// eighth bit of all but the last), one less than the difference.
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

  /// Reads what `packed` gives; nil for bytes that no set gives.
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
      // One number has one spelling, so that equal sets are equal bytes.
      guard byte > 0 || groups == 1, next + gap < 1 << (64 - Self.dropped) else { return nil }
      hashes.append(next + gap)
      (next, gap, groups) = (next + gap + 1, 0, 0)
    }
    guard groups == 0 else { return nil }
    self.hashes = hashes
  }
}

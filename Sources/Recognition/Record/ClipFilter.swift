#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Remembers which clips a model was trained on, in two bytes a clip, without their names.
///
/// A Bloom filter (Bloom 1970) over content hashes: a clip that was added is always found; a clip
/// that was not is found with a chance of 0.05% at 16 bits a clip and 11 probes.
public struct ClipFilter: Codable, Equatable, Sendable {
  private static let bitsPerClip = 16
  private static let probes = 11
  /// Larger training sets share this many bits, so that a model's header stays small.
  private static let maximumBytes = 1 << 19

  /// The bits, in base 64 when stored.
  private var bits: Data

  /// A filter that holds `hashes` (as `ContentHash.of` gives them).
  public init(_ hashes: [UInt64]) {
    let bytes = min(Self.maximumBytes, max(1, (hashes.count * Self.bitsPerClip + 7) / 8))
    bits = Data(count: hashes.isEmpty ? 0 : bytes)
    for hash in hashes {
      for position in positions(hash) { bits[position / 8] |= 1 << (position % 8) }
    }
  }

  /// Whether a clip of this content hash was added.
  public func contains(_ hash: UInt64) -> Bool {
    !bits.isEmpty
      && positions(hash).allSatisfy { bits[$0 / 8] & 1 << ($0 % 8) != 0 }
  }

  /// Double hashing (Kirsch and Mitzenmacher 2006): the two halves give all probes.
  private func positions(_ hash: UInt64) -> [Int] {
    let count = UInt64(bits.count * 8)
    let step = hash >> 32 | 1
    return (0..<UInt64(Self.probes)).map { Int((hash &+ $0 &* step) % count) }
  }

  /// Reads the bits from base 64.
  public init(from decoder: any Decoder) throws {
    bits = try decoder.singleValueContainer().decode(Data.self)
  }

  /// Writes the bits in base 64.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bits)
  }
}

/// A name for what is heard in a clip, whatever its file is called.
public enum ContentHash {
  /// 64 bits over the samples' bit patterns; equal samples give equal hashes on every machine.
  ///
  /// Not meant against forgery: words are mixed in by multiplication (as in MurmurHash3's finaliser).
  public static func of(_ samples: [Float]) -> UInt64 {
    var hash = UInt64(samples.count)
    for sample in samples { mix(UInt64(sample.bitPattern), into: &hash) }
    return hash
  }

  /// Takes one more word into `hash`.
  @inline(__always)
  package static func mix(_ word: UInt64, into hash: inout UInt64) {
    hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 32
  }
}

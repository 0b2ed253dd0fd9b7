#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The clips that a model of format 1 was trained on, in two bytes per clip.
///
/// A Bloom filter (Bloom 1970) over content hashes: a clip that was added is always found; another
/// clip is found with a chance of 0.05%, or more with over 2^18 clips. Since format 2 a model has a
/// `ClipSet`.
public struct ClipFilter: Codable, Equatable, Sendable {
  private static let probes = 11

  /// The bits, in base 64 when stored.
  var bits: Data

  /// Whether a clip with this content hash was added.
  public func contains(_ hash: UInt64) -> Bool {
    !bits.isEmpty
      && positions(hash).allSatisfy { bits[$0 / 8] & 1 << ($0 % 8) != 0 }
  }

  /// Double hashing (Kirsch and Mitzenmacher 2006): the two halves give all probes.
  func positions(_ hash: UInt64) -> [Int] {
    let count = UInt64(bits.count * 8)
    let step = hash >> 32 | 1
    return (0..<UInt64(Self.probes)).map { Int((hash &+ $0 &* step) % count) }
  }

  /// A filter with these bits.
  init(bits: Data) { self.bits = bits }

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

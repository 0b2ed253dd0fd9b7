/// A figure with its number of clips and its confidence interval.
public struct Estimate: Codable, Equatable, Sendable {
  /// The figure; nil where it would be 0/0, and then `note` says why.
  public var value: Double?
  /// Number of clips that the figure is computed from.
  public var n: Int
  /// Lower end of the interval; nil if there is none.
  public var low: Double?
  /// Upper end of the interval; nil if there is none.
  public var high: Double?
  /// Why there is no value.
  public var note: String?

  /// Makes an estimate; a value must be finite.
  public init(_ value: Double?, n: Int, _ interval: ClosedRange<Double>? = nil, note: String? = nil)
  {
    precondition(value?.isFinite != false, "a figure of \(value!) from \(n) clips")
    self.value = value
    self.n = n
    low = interval?.lowerBound
    high = interval?.upperBound
    self.note = note
  }

  private enum CodingKeys: String, CodingKey {
    case value, n, low, high, note
  }

  /// Writes `null` for a missing value, so that every figure has the same keys.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(value, forKey: .value)
    try values.encode(n, forKey: .n)
    try values.encode(low, forKey: .low)
    try values.encode(high, forKey: .high)
    try values.encodeIfPresent(note, forKey: .note)
  }
}

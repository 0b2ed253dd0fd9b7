/// One of several equal parts of a plan, so that several machines can share an evaluation.
public struct Shard: Codable, Equatable, Sendable {
  /// The number of the shard, from 1.
  public let number: Int
  /// The number of shards.
  public let count: Int

  /// One shard with everything.
  public static let whole = Shard(number: 1, count: 1)

  private init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// Reads `i/n`, as in `3/8`, with i from 1 to n and n up to 100,000; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...100_000).contains(count), (1...count).contains(number)
    else { return nil }
    self.init(number: number, count: count)
  }

  /// The range of the shard's items among `total`; the ranges of all shards, in order, are the
  /// whole.
  func range(of total: Int) -> Range<Int> {
    total * (number - 1) / count..<total * number / count
  }
}

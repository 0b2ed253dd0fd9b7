/// A share of `n` trials with its 95% interval.
public struct Proportion: Codable, Equatable, Sendable {
  public var value: Double
  public var n: Int
  public var low: Double
  public var high: Double

  init(successes: Int, n: Int) { value = Double(successes) / Double(max(1, n)); self.n = n; low = 0; high = 1 }
  public var description: String { "\(value)" }
}

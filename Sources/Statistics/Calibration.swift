/// How well probabilities match frequencies: clips in bins by their highest probability.
public struct Calibration: Codable, Equatable, Sendable {
  /// The clips whose highest probability lies in one part of 0...1.
  public struct Bin: Codable, Equatable, Sendable {
    /// Number of clips.
    public var n = 0
    /// Number of clips whose likeliest class is correct.
    public var correct = 0
    /// Sum of their highest probabilities, in fixed point: the sum is exact in any order.
    package var confidence = FixedPoint()
  }

  /// Bins of equal width over 0...1.
  public private(set) var bins: [Bin]

  /// The usual number of bins.
  public static let usualBins = 15

  /// The bin of a probability, of `count` bins over 0...1.
  package static func bin(of confidence: Float, of count: Int) -> Int {
    min(count - 1, Int(confidence * Float(count)))
  }

  /// Empty bins.
  public init(binCount: Int = Self.usualBins) {
    bins = [Bin](repeating: Bin(), count: binCount)
  }

  /// Number of clips in all bins.
  public var n: Int { bins.reduce(0) { $0 + $1.n } }

  /// Counts one clip by the highest of its probabilities.
  public mutating func add(confidence: Float, isCorrect: Bool) {
    let index = Self.bin(of: confidence, of: bins.count)
    bins[index].n += 1
    bins[index].correct += isCorrect ? 1 : 0
    bins[index].confidence.add(Double(confidence))
  }

  /// Adds the counts of another part.
  public mutating func merge(_ other: Calibration) {
    precondition(bins.count == other.bins.count, "\(bins.count) bins and \(other.bins.count)")
    for index in bins.indices {
      bins[index].n += other.bins[index].n
      bins[index].correct += other.bins[index].correct
      bins[index].confidence.merge(other.bins[index].confidence)
    }
  }

  /// Expected calibration error; nil without clips.
  ///
  /// The distance between mean probability and share of right answers, weighted by clips (Naeini,
  /// Cooper and Hauskrecht 2015; Guo et al. 2017, equation 3).
  public var expectedError: Double? {
    let total = n
    if total == 0 { return nil }
    return bins.reduce(0) { $0 + abs($1.confidence.value - Double($1.correct)) } / Double(total)
  }
}

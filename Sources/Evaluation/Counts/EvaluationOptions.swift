/// Options of a report's figures.
public struct EvaluationOptions: Equatable, Sendable {
  /// Confidence level of the intervals, 0..<1.
  public var confidence = 0.95
  /// Number of resamples of the bootstrap; with 2,000 an end of the interval is uncertain by about
  /// 3% of its width.
  public var resamples = 2_000
  /// Fewest known speakers for the bootstrap; with fewer, Wilson's interval is used.
  public var minimumSpeakers = 10
  /// Number of wrong clips to list, worst first.
  public var wrongLimit = 1_000
  /// Number of calibration bins over 0...1.
  public var calibrationBins = 15

  /// The defaults.
  public init() {}
}

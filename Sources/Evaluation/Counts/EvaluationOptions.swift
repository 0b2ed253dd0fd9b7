/// How an evaluation is summed up.
public struct EvaluationOptions: Codable, Equatable, Sendable {
  /// How often intervals are to hold, 0..<1.
  public var confidence = 0.95
  /// Draws of the bootstrap; 2,000 leave an end of the interval uncertain by about 3% of its width.
  public var resamples = 2_000
  /// Speakers that must be known for the bootstrap; with fewer, Wilson's interval is given.
  public var minimumSpeakers = 10
  /// Wrong clips to name, worst first.
  public var wrongLimit = 1_000
  /// Bins of the calibration, over 0...1.
  public var calibrationBins = 15

  /// The defaults.
  public init() {}
}

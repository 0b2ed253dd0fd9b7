import Recognition

/// The samples of a noise recording for each part of the dataset.
///
/// The recording is cut in time: its beginning is for training, its last two pieces are for
/// validation and testing, so the parts never share a sample. Boundaries are whole samples; the
/// pieces are disjoint and cover the recording. In a recording of a few samples a piece can be
/// empty.
public struct NoiseSegments: Equatable, Sendable {
  /// The samples for training, from the start to the first boundary.
  public let training: Range<Int>
  /// The samples for validation, between the boundaries.
  public let validation: Range<Int>
  /// The samples for testing, from the second boundary to the end.
  public let testing: Range<Int>

  /// Cuts a recording of `sampleCount` samples; shares are in percent, rounded down to a sample.
  public init(sampleCount: Int, validationPercent: Double = 10, testingPercent: Double = 10) {
    precondition(sampleCount >= 0, "\(sampleCount) samples of noise, expected 0 or more")
    precondition(
      validationPercent >= 0 && testingPercent >= 0 && validationPercent + testingPercent <= 100,
      "noise shares of \(validationPercent) and \(testingPercent) percent, expected at most 100")
    let validationCount = Int(Double(sampleCount) * validationPercent / 100)
    let testingCount = Int(Double(sampleCount) * testingPercent / 100)
    let first = sampleCount - validationCount - testingCount
    let second = sampleCount - testingCount
    training = 0..<first
    validation = first..<second
    testing = second..<sampleCount
  }

  /// A recording that belongs completely to one part.
  public init(sampleCount: Int, whole split: Split) {
    precondition(sampleCount >= 0, "\(sampleCount) samples of noise, expected 0 or more")
    training = 0..<(split == .training ? sampleCount : 0)
    validation = 0..<(split == .validation ? sampleCount : 0)
    testing = 0..<(split == .testing ? sampleCount : 0)
  }

  /// The samples that belong to `split`.
  public subscript(split: Split) -> Range<Int> {
    switch split {
    case .training: training
    case .validation: validation
    case .testing: testing
    }
  }
}

/// Notices sound that cannot be speech: zeros, a constant, or what is cut off at full scale.
public struct LevelWatch: Sendable {
  /// What is wrong with the sound.
  public enum Fault: String, Sendable {
    /// Every sample is zero.
    case zero
    /// The samples hardly differ.
    case flat
    /// More than a thousandth of the samples lie at full scale.
    case clipped
  }

  /// Seconds that are judged together.
  private static let seconds = 3
  /// The same fault is told again after so many such stretches: a minute.
  private static let pause = 20
  /// Samples that differ by less are constant: two steps of 16 bits.
  private static let leastRange: Float = 2 / 32_768
  /// Full scale of 16 bits, and nearly that of more.
  private static let fullScale: Float = 32_766 / 32_768
  /// The share from which on samples at full scale are no single loud moment.
  private static let clippedShare = 0.001

  private let length: Int
  private var (low, high) = (Float.infinity, -Float.infinity)
  private var (count, clipped) = (0, 0)
  /// Stretches that were judged, and at which of them each fault was told last.
  private var judged = 0
  private var told: [Fault: Int] = [:]
  /// What is wrong at present.
  public private(set) var fault: Fault?

  /// Watches sound that has so many samples a second, of all channels together.
  public init(samplesPerSecond: Int) { length = Self.seconds * samplesPerSecond }

  /// Takes in the next samples.
  ///
  /// - Returns: What is wrong since these samples and was not before, or nil.
  public mutating func add(_ samples: [Float]) -> Fault? {
    var found: Fault?
    for sample in samples {
      low = min(low, sample)
      high = max(high, sample)
      if abs(sample) >= Self.fullScale { clipped += 1 }
      count += 1
      if count == length {
        let now = judge()
        judged += 1
        if let now, now != fault, told[now].map({ judged - $0 >= Self.pause }) ?? true {
          told[now] = judged
          found = now
        }
        fault = now
      }
    }
    return found
  }

  /// Judges the samples so far, and starts the next stretch.
  private mutating func judge() -> Fault? {
    defer { (low, high, count, clipped) = (.infinity, -.infinity, 0, 0) }
    if low == 0, high == 0 { return .zero }
    if high - low <= Self.leastRange { return .flat }
    return Double(clipped) > Self.clippedShare * Double(count) ? .clipped : nil
  }
}

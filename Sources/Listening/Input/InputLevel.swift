import Glibc

/// How loud the sound was lately, for a meter.
public struct InputLevel: Sendable {
  /// The level of nothing, in dB of full scale.
  public static let least = -96.0

  /// Root mean square of the last piece of a tenth of a second, in dB of full scale.
  public private(set) var decibels = InputLevel.least

  private let length: Int
  private var (sum, count) = (0.0, 0)
  /// Squares and samples of all pieces that are over.
  private var (total, totalCount) = (0.0, 0)

  /// Root mean square of all that came, in dB of full scale.
  public var meanDecibels: Double { Self.decibels(total + sum, totalCount + count) }

  private static func decibels(_ squares: Double, _ count: Int) -> Double {
    max(least, 10 * log10(max(1e-12, squares / Double(max(1, count)))))
  }

  /// A meter of sound that has so many samples a second, of all channels together.
  public init(samplesPerSecond: Int) { length = max(1, samplesPerSecond / 10) }

  /// Takes in the next samples.
  public mutating func add(_ samples: [Float]) {
    for sample in samples {
      sum += Double(sample) * Double(sample)
      count += 1
      if count == length {
        decibels = Self.decibels(sum, count)
        (total, totalCount) = (total + sum, totalCount + count)
        (sum, count) = (0, 0)
      }
    }
  }
}

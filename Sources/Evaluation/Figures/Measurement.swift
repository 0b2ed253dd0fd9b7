import Basics
import Sound

/// When, on what machine and with what versions something was measured: all that differs from run
/// to run.
public struct Measurement: Codable, Equatable, Sendable {
  /// Version of kws.
  public var program = Version.current
  /// Versions of the libraries that decode, transform and resample.
  public var libraries = LibraryVersions.all
  /// The start, in UTC, in ISO 8601.
  public var date: String
  /// The duration, in seconds.
  public var seconds: Double
  /// The system, the processor's architecture and the number of threads of each machine.
  public var machine: String
  /// Seed of the bootstrap.
  public var seed: UInt64
  /// The content of the model's metadata, one fact per line.
  public var model: [String]

  /// Makes a measurement.
  public init(date: String, seconds: Double, machine: String, seed: UInt64, model: [String]) {
    self.date = date
    self.seconds = seconds
    self.machine = machine
    self.seed = seed
    self.model = model
  }

  /// Merges the measurement of another part: the earlier start, the sum of the durations, and its
  /// machine.
  mutating func add(_ other: Measurement) {
    date = min(date, other.date)
    seconds += other.seconds
    if !machine.split(separator: ";").contains(where: { $0.drop { $0 == " " } == other.machine }) {
      machine += "; " + other.machine
    }
  }
}

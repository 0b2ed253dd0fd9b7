import Basics
import Sound

/// By what, when and on what machine something was measured: what differs from run to run.
public struct Measurement: Codable, Equatable, Sendable {
  /// Version of kws.
  public var program = Version.current
  /// Versions of the libraries that decode, transform and resample.
  public var libraries = LibraryVersions.all
  /// When it began, in UTC, as ISO 8601 writes it.
  public var date: String
  /// How long it took, in seconds.
  public var seconds: Double
  /// The system, the processor's architecture and the number of threads; of several machines each.
  public var machine: String
  /// Seed of the bootstrap.
  public var seed: UInt64
  /// What the model says of its training, a line each.
  public var model: [String]

  /// Describes a measurement.
  public init(date: String, seconds: Double, machine: String, seed: UInt64, model: [String]) {
    self.date = date
    self.seconds = seconds
    self.machine = machine
    self.seed = seed
    self.model = model
  }

  /// Adds what another part of the same evaluation took: the earlier begin, the sum of the times, and
  /// its machine.
  mutating func add(_ other: Measurement) {
    date = min(date, other.date)
    seconds += other.seconds
    if !machine.split(separator: ";").contains(where: { $0.drop { $0 == " " } == other.machine }) {
      machine += "; " + other.machine
    }
  }
}

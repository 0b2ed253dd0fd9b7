import ArgumentParser

/// A size in bytes as a person writes it: `512M`, `4G`, with units of 1024.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
  private static let units: [(letter: Character, bytes: Int)] = [
    ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("T", 1 << 40),
  ]

  var bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let unit = Self.units.first { $0.letter == argument.uppercased().last }
    guard let count = Int(unit == nil ? argument : String(argument.dropLast())), count >= 0
    else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: unit?.bytes ?? 1)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  /// In the largest unit that leaves a whole number, which reads back as the same size.
  var description: String {
    let unit = Self.units.last { bytes >= $0.bytes && bytes.isMultiple(of: $0.bytes) }
    return unit.map { "\(bytes / $0.bytes)\($0.letter)" } ?? "\(bytes)"
  }
}

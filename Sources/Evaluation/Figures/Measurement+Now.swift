import Glibc

extension Measurement {
  /// A measurement that begins now on this machine; the time that it takes is filled in later.
  ///
  /// - Parameters:
  ///   - threads: How many are at work.
  ///   - model: What the model says of its training, a line each.
  /// - Returns: The measurement.
  package static func now(threads: Int, model: [String] = []) -> Measurement {
    Measurement(
      date: date, seconds: 0, machine: machine(threads: threads), seed: 0, model: model)
  }

  /// The time of day, in UTC, as ISO 8601 writes it.
  private static var date: String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: CInt) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  /// System and processor, for a report.
  private static func machine(threads: Int) -> String {
    var name = utsname()
    uname(&name)
    func text<Characters>(_ characters: Characters) -> String {
      withUnsafeBytes(of: characters) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return "\(text(name.sysname)) \(text(name.release)), \(text(name.machine)), \(threads) threads"
  }
}

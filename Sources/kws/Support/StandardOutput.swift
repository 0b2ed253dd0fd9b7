import Glibc
import KeywordSpotting

/// Standard output that throws write errors.
///
/// `print` ignores them: on a full disk the program would exit with 0 after half a report.
enum StandardOutput {
  nonisolated(unsafe) private static var buffer: [UInt8] = []

  /// Writing to standard output failed.
  struct Failure: Error, CustomStringConvertible {
    let number: CInt
    var description: String {
      "standard output cannot be written: \(systemMessage(number))"
    }
  }

  /// Width of the terminal in columns; 80 elsewhere.
  static var width: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }

  /// Adds text to the buffer, and writes it when it is large enough.
  ///
  /// Must be called only from the main thread.
  static func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Adds bytes.
  static func write(bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Adds a line.
  static func line(_ text: String) throws { try write(text + "\n") }

  /// Writes the buffer.
  static func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    let error = buffer.withUnsafeBytes { Transfer.write($0, to: STDOUT_FILENO) }
    if let error { throw Failure(number: error) }
  }
}

/// Messages for people.
///
/// Errors of writing them are ignored.
enum StandardError {
  /// Writes a line; control characters are escaped.
  static func line(_ text: String) { write(TextCell.visible(text) + "\n") }

  /// Prints warnings about a dataset, to read before using figures on it.
  static func remarks(_ plan: PlanSummary) {
    for entry in plan.leftOut { line("kws: left out of the dataset: \(entry.summary)") }
    for warning in plan.warnings { line("kws: warning: \(warning)") }
  }

  /// Writes text without escaping.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Whether standard error is a terminal.
  static let isTerminal = isatty(STDERR_FILENO) == 1
}

/// The three standard streams, as they were at the start.
enum StandardStreams {
  /// Opens /dev/null for closed streams, so that no file opened later gets their numbers and our
  /// messages.
  ///
  /// Writing to them fails, as for a closed stream.
  static func fillGaps() {
    for number in 0...2 as ClosedRange<CInt> where fcntl(number, F_GETFD) < 0 {
      // `open` takes the lowest free number, which is the missing one.
      _ = open("/dev/null", O_RDONLY)
    }
  }
}

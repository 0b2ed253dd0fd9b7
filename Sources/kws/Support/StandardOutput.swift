import Glibc
import KeywordSpotting

/// Standard output whose write errors are errors.
///
/// `print` ignores them: on a full disk it would exit 0 with half a report.
enum StandardOutput {
  nonisolated(unsafe) private static var buffer: [UInt8] = []

  /// Standard output refused the data.
  struct Failure: Error, CustomStringConvertible {
    let number: CInt
    var description: String {
      "standard output cannot be written: \(String(cString: strerror(number)))"
    }
  }

  /// Columns of the terminal; 80 elsewhere.
  static var width: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }

  /// Adds text, and writes when enough has come together.
  ///
  /// Called from the main thread only.
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

  /// Writes what has been added.
  static func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    try buffer.withUnsafeBytes { bytes in
      var count = 0
      while count < bytes.count {
        let put = Glibc.write(STDOUT_FILENO, bytes.baseAddress! + count, bytes.count - count)
        if put < 0 && errno == EINTR { continue }
        guard put >= 0 else { throw Failure(number: errno) }
        count += put
      }
    }
  }
}

/// Messages for people.
///
/// That they cannot be shown stops no work.
enum StandardError {
  /// Writes a line; what could drive a terminal or turn the text around is shown instead.
  static func line(_ text: String) { write(TextCell.visible(text) + "\n") }

  /// What is to be known of a dataset before figures on it are used.
  static func remarks(_ plan: PlanSummary) {
    for entry in plan.leftOut { line("kws: left out of the dataset: \(entry.summary)") }
    for warning in plan.warnings { line("kws: warning: \(warning)") }
  }

  /// Writes text as it is.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Whether a person watches.
  static let isTerminal = isatty(STDERR_FILENO) == 1
}

/// The three standard streams as the program was started with them.
enum StandardStreams {
  /// Puts something in the place of closed streams, so that no file that is opened later takes their
  /// numbers and then our messages.
  ///
  /// Writing to it fails as writing to a closed stream does.
  static func fillGaps() {
    for number in 0...2 as ClosedRange<CInt> where fcntl(number, F_GETFD) < 0 {
      // The lowest free number is the one that is missing.
      _ = open("/dev/null", O_RDONLY)
    }
  }
}

import Glibc
import KeywordSpotting
import Synchronization
import SystemPackage

/// How files from strangers are kept from harming the program.
///
/// Folders and lists are decoded by worker processes: this program, started with `workerArgument`.
/// A single clip is decoded here, without the time that a process takes to start, under a watchdog.
enum Isolation {
  /// As only argument, makes the program a worker.
  static let workerArgument = "--decode-for-kws"

  /// Workers of this program's own kind.
  static func workers() -> DecodingWorkers {
    DecodingWorkers(command: ["/proc/self/exe", workerArgument])
  }

  /// What to say if the decoder ends the program; made before, because a signal handler may not.
  nonisolated(unsafe) private static var farewell: (crash: [UInt8], hang: [UInt8]) = ([], [])
  private static let signals = [SIGPROF, SIGSEGV, SIGBUS, SIGFPE, SIGABRT]

  /// Decodes one clip in this process: a decoder that hangs or crashes ends the program with one line
  /// and the exit code of bad data.
  static func watched<Value, Failure: Error>(
    _ name: String, _ path: FilePath?, _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let limit = path.map { DecodingLimit.seconds(for: $0) } ?? 60
    func line(_ end: DecoderEnd) -> [UInt8] {
      Array("kws: \(name): damaged audio file: \(end.reason)".oneLine.utf8) + [10]
    }
    farewell = (line(.crashed(signal: SIGSEGV)), line(.timedOut(seconds: limit)))
    for number in signals {
      signal(number) { number in
        let text = number == SIGPROF ? Isolation.farewell.hang : Isolation.farewell.crash
        text.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        _exit(EX_DATAERR)
      }
    }
    DecodingLimit.arm(seconds: limit)
    defer {
      DecodingLimit.arm(seconds: 0)
      for number in signals { signal(number, SIG_DFL) }
    }
    return try body()
  }
}

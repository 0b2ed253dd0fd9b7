import Glibc
import KeywordSpotting
import Synchronization
import SystemPackage

/// Protects the program from damaged audio files.
///
/// Folders and lists are decoded by worker processes: this program, started with `workerArgument`.
/// A single clip is decoded in this process, with limited time, which saves starting a process.
enum Isolation {
  /// The argument that makes the program a worker, if it is the only one.
  static let workerArgument = "--decode-for-kws"

  /// Workers that run this program.
  static func workers() -> DecodingWorkers {
    DecodingWorkers(command: ["/proc/self/exe", workerArgument])
  }

  /// The messages for a decoder that ends the program; made in advance, because a signal handler
  /// must not allocate.
  nonisolated(unsafe) private static var farewell: (crash: [UInt8], hang: [UInt8]) = ([], [])
  private static let signals = [SIGPROF, SIGSEGV, SIGBUS, SIGFPE, SIGABRT]

  /// Decodes one clip by `reader`'s rules in this process; see `watched`.
  static func decode(_ input: ClipInput, with reader: ClipReader) throws(AudioError) -> Clip {
    var reader = reader
    reader.isWatched = true
    return try watched(input) { () throws(AudioError) in try reader.read(input.source) }
  }

  /// Processes one clip in this process, with a watched reader: if the decoder hangs or crashes,
  /// the program ends with one line and the exit code of bad data.
  static func watched<Value, Failure: Error>(
    _ input: ClipInput, _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    func line(_ end: DecoderEnd) -> [UInt8] {
      Array(TextCell.visible("kws: \(input.name): damaged audio file: \(end.reason)").utf8) + [10]
    }
    let limit = input.source.decodingSeconds
    farewell = (line(.crashed(signal: SIGSEGV)), line(.timedOut(seconds: limit)))
    var before: [sigaction] = []
    for number in signals {
      var action = sigaction()
      sigaction(number, nil, &action)
      before.append(action)
      signal(number) { number in
        MemoryLimit.endIfExhausted()
        // A crash outside the decoder is reported as a crash.
        guard DecodingWatch.isAtWork else {
          signal(number, SIG_DFL)
          raise(number)
          return
        }
        let text = number == SIGPROF ? Isolation.farewell.hang : Isolation.farewell.crash
        text.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        _exit(EX_DATAERR)
      }
    }
    defer {
      for (number, action) in zip(signals, before) {
        var action = action
        sigaction(number, &action, nil)
      }
    }
    return try body()
  }
}

import Glibc
import KeywordSpotting
import Synchronization
import SystemPackage

/// How files from strangers are kept from harming the program.
///
/// Folders and lists are decoded by worker processes: this program, started with `workerArgument`.
/// A single clip is decoded here, without the time that a process takes to start, under a watch.
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

  /// Decodes one clip by `reader`'s rules in this process; see `watched`.
  static func decode(_ input: ClipInput, with reader: ClipReader) throws(AudioError) -> Clip {
    var reader = reader
    reader.isWatched = true
    return try watched(input) { () throws(AudioError) in try reader.read(input.source) }
  }

  /// Works on one clip in this process, with a reader that is watched: a decoder that hangs or crashes
  /// ends the program with one line and the exit code of bad data.
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
        // A crash of our own, beside the decoder, stays one.
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

import Glibc
import KeywordSpotting
import Synchronization

/// Handles SIGINT, SIGTERM and SIGHUP: the first signal stops the work normally, the second ends
/// the program at once.
enum Interruption {
  /// The time that the work has to stop after a signal, in microseconds.
  ///
  /// A single update of a huge network can take longer; then the last checkpoint is kept.
  private static let grace = 1_500_000

  private static let received = Atomic<CInt>(0)

  /// The signal that was received, or nil.
  static var signal: CInt? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Whether the work should stop.
  static var isRequested: Bool { signal != nil }

  /// Whether some work checks `isRequested`; before that a signal simply ends the program.
  private static let isHeeded = Atomic(false)

  /// Whether SIGHUP is ignored, as with `nohup`.
  private static var outlivesTerminal: Bool {
    var action = sigaction()
    sigaction(SIGHUP, nil, &action)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  static func install() {
    for number in outlivesTerminal ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP] {
      Glibc.signal(number) { number in
        let isFirst = Interruption.received.exchange(number, ordering: .relaxed) == 0
        if !isFirst || !Interruption.isHeeded.load(ordering: .relaxed) { Interruption.end() }
        var timer = itimerval()
        timer.it_value.tv_sec = Interruption.grace / 1_000_000
        timer.it_value.tv_usec = Interruption.grace % 1_000_000
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
      }
    }
    Glibc.signal(SIGALRM) { _ in Interruption.end() }
  }

  /// Ends the program from a signal handler; removes the run folder of a training that cannot be
  /// resumed.
  private static func end() -> Never {
    ProgressBar.leave()
    UnbegunRun.removeFromSignalHandler()
    _exit(128 + received.load(ordering: .relaxed))
  }

  /// Declares that the work checks `isRequested` often from now on.
  static func heed() { isHeeded.store(true, ordering: .relaxed) }
}

import Glibc
import KeywordSpotting
import Synchronization

/// SIGINT, SIGTERM and SIGHUP: the first asks the work to stop in good order, the second ends at
/// once.
enum Interruption {
  /// The work that was asked to stop has so long to do it, in microseconds.
  ///
  /// A single update of a huge network can take longer; the last checkpoint then stands.
  private static let grace = 1_500_000

  private static let received = Atomic<CInt>(0)

  /// The signal that came, or nil.
  static var signal: CInt? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Whether the work shall stop.
  static var isRequested: Bool { signal != nil }

  /// Whether some work looks at `isRequested`; before that a signal simply ends the program.
  private static let isHeeded = Atomic(false)

  /// Whether the program was told to outlive its terminal, as `nohup` does.
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

  /// Ends the program from a signal handler, without the run folder of a training that cannot go on.
  private static func end() -> Never {
    UnbegunRun.removeFromSignalHandler()
    _exit(128 + received.load(ordering: .relaxed))
  }

  /// Says that the work from here on looks at `isRequested` often.
  static func heed() { isHeeded.store(true, ordering: .relaxed) }
}

import Glibc

/// How a decoder ended without a result.
public enum DecoderEnd: Equatable, Sendable {
  /// It used more processor time than its file allows: at least this number of seconds, and more
  /// for long recordings.
  case timedOut(seconds: Int)
  /// It did not answer in time and was killed.
  case hung
  /// It was killed from outside: by the system for lack of memory, or by a user.
  case killed
  /// It crashed.
  case crashed(signal: CInt)
  /// It exited without a result.
  case exited

  /// The end by `signal`, or nil for none, of a decoder with a limit of `limit` seconds.
  init(signal: CInt?, limit: Int) {
    self =
      switch signal {
      case SIGPROF: .timedOut(seconds: limit)
      case SIGKILL?: .killed
      case let signal?: .crashed(signal: signal)
      case nil: .exited
      }
  }

  /// The end as a phrase for messages.
  public var reason: String {
    switch self {
    case .timedOut(let seconds):
      "the decoder was still working after more than \(seconds) s of processor time"
    case .hung: "the decoder did not answer"
    case .killed: "the decoder was killed"
    case .crashed(let signal): "the decoder crashed (signal \(signal))"
    case .exited: "the decoder ended without an answer"
    }
  }
}

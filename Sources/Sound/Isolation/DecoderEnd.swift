import Glibc

/// How a decoder ended that gave no answer.
public enum DecoderEnd: Equatable, Sendable {
  /// It was at work for longer than its file may take, which was so many seconds of processor time
  /// or, with the length of what it had decoded, more.
  case timedOut(seconds: Int)
  /// It waited for longer than anything takes, and was killed.
  case hung
  /// It was killed by somebody else: by the system where memory is short, or by a person.
  case killed
  /// It crashed.
  case crashed(signal: CInt)
  /// It left without a word.
  case exited

  /// The end that `signal` makes, nil being none, of a decoder that may work for `limit` seconds.
  init(signal: CInt?, limit: Int) {
    self =
      switch signal {
      case SIGPROF: .timedOut(seconds: limit)
      case SIGKILL?: .killed
      case let signal?: .crashed(signal: signal)
      case nil: .exited
      }
  }

  /// What to say of it.
  public var reason: String {
    switch self {
    case .timedOut(let seconds):
      "the decoder was still at work on it after more than \(seconds) s of processor time"
    case .hung: "the decoder did not answer"
    case .killed: "the decoder was killed at work on it"
    case .crashed(let signal): "the decoder crashed on it (signal \(signal))"
    case .exited: "the decoder ended without an answer"
    }
  }
}

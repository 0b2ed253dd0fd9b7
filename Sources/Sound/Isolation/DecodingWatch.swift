import Glibc
import Synchronization

/// Sends SIGPROF to this process when a decoder has used more processor time than its file allows.
///
/// Only decoding is timed: a large network may take an hour for a clip.
package final class DecodingWatch {
  private static let atWork = Atomic(false)

  /// Whether a decoder is running in this process: a signal that arrives then is about it.
  package static var isAtWork: Bool { atWork.load(ordering: .relaxed) }

  /// Samples that have not been counted for more time yet.
  private var unpaid = 0

  /// Starts with this number of seconds of processor time.
  init(seconds: Int) {
    Self.set(timeval(tv_sec: seconds, tv_usec: 0))
    Self.atWork.store(true, ordering: .relaxed)
  }

  /// Adds time for decoded samples.
  func extend(samples: Int, sampleRate: Int) {
    unpaid += samples
    let price = DecodingLimit.soundPerSecond * sampleRate
    guard unpaid >= price else { return }
    var left = Self.left
    left.tv_sec += unpaid / price
    Self.set(left)
    unpaid %= price
  }

  /// Runs `body` without timing it.
  func pause(_ body: () -> Void) {
    let left = Self.left
    end()
    body()
    Self.set(left)
    Self.atWork.store(true, ordering: .relaxed)
  }

  /// Ends the watch.
  func end() {
    Self.atWork.store(false, ordering: .relaxed)
    Self.set(timeval())
  }

  private static let timer = __itimer_which_t(ITIMER_PROF.rawValue)

  private static var left: timeval {
    var value = itimerval()
    getitimer(timer, &value)
    return value.it_value
  }

  private static func set(_ time: timeval) {
    var value = itimerval()
    value.it_value = time
    setitimer(timer, &value, nil)
  }
}

extension ClipSource {
  /// Seconds of processor time that decoding may take before the first sample.
  package var decodingSeconds: Int {
    switch self {
    case .file(let path): DecodingLimit.seconds(for: path)
    case .bytes(let bytes, _): DecodingLimit.seconds(bytes: bytes.count)
    case .clip: DecodingLimit.seconds(bytes: 0)
    }
  }
}

import Glibc

/// How many files this program may have open.
///
/// Dispatch ends a program by a signal where it gets no descriptor for its threads.
enum Descriptors {
  /// Three streams, a socket for each of a few workers, the file at work, and those of Dispatch.
  static let needed: rlim_t = 24

  /// The limit in force.
  static var limit: rlim_t { limits.rlim_cur }

  /// Raises the limit to what is needed where that is allowed; whether it is enough then.
  static func areEnough() -> Bool {
    var limits = limits
    guard limits.rlim_cur < needed else { return true }
    limits.rlim_cur = min(needed, limits.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    return limit >= needed
  }

  private static var limits: rlimit {
    var limits = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    return limits
  }
}

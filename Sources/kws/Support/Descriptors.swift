import Glibc

/// The number of files that this program may open.
///
/// Dispatch ends the program by a signal if it gets no descriptor for its threads.
enum Descriptors {
  /// Three streams, a socket for each of a few workers, the current file, and those of Dispatch.
  static let needed: rlim_t = 24

  /// The current limit.
  static var limit: rlim_t { limits.rlim_cur }

  /// Raises the limit to the needed number if possible; returns whether it is enough.
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

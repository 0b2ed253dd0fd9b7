import Glibc

/// A lock of an open file or folder that one opener has at a time.
///
/// The system releases it when the process ends, so it is never left behind.
package enum ExclusiveLock {
  /// Locks without waiting; false if another opener has the lock.
  ///
  /// Some file systems have no locks; there everybody gets one.
  package static func take(_ descriptor: CInt) -> Bool {
    flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
  }

  /// Unlocks and closes.
  ///
  /// To close alone is not enough: a child process has a copy of the descriptor between fork and
  /// exec, and the lock would stay until its exec.
  package static func close(_ descriptor: CInt) {
    flock(descriptor, LOCK_UN)
    Glibc.close(descriptor)
  }
}

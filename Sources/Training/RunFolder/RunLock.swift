import Basics
import Glibc
import SystemPackage

/// Keeps a run folder for one training at a time.
///
/// The system lets the lock go when the process ends, however it ends, so nothing stale can be left.
final class RunLock: Sendable {
  private let descriptor: CInt

  /// Takes the folder, or throws where another training has it.
  ///
  /// A file system that knows no locks gives none; then the training goes on without.
  init(_ folder: RunFolder) throws(FileError) {
    descriptor = folder.path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw .reading(folder.path, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      close(descriptor)
      throw .cannotCreate(
        folder.path, reason: "another training is at work in this folder; wait for it or end it")
    }
  }

  deinit { close(descriptor) }
}

import Basics
import Glibc
import SystemPackage

/// Locks a run folder for one training at a time.
final class RunLock: Sendable {
  /// The open folder.
  let descriptor: CInt

  /// Locks the folder; throws if another training has locked it.
  ///
  /// Some file systems have no locks; then the training runs without one.
  init(_ folder: RunFolder) throws(FileError) {
    descriptor = folder.path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw .reading(folder.path, errno) }
    guard ExclusiveLock.take(descriptor) else {
      close(descriptor)
      throw .cannotCreate(
        folder.path, reason: "another training uses this folder; wait for it or end it")
    }
  }

  deinit { ExclusiveLock.close(descriptor) }
}

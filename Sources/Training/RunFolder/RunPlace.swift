import Basics
import Glibc
import Synchronization
import SystemPackage

/// The run folder of a training, created and locked when the first file is written, so that an
/// unusable dataset leaves no folder.
package final class RunPlace: Sendable {
  private let made: Mutex<(folder: RunFolder, lock: RunLock)?>
  private let make: @Sendable () throws(FileError) -> RunFolder

  /// A folder that `make` creates when it is needed.
  package init(_ make: @escaping @Sendable () throws(FileError) -> RunFolder) {
    made = Mutex(nil)
    self.make = make
  }

  /// An existing folder, which is locked at once.
  init(_ folder: RunFolder) throws(FileError) {
    made = Mutex((folder, try RunLock(folder)))
    make = { folder }
  }

  /// The folder, if it was created.
  var existing: RunFolder? { made.withLock { $0?.folder } }

  /// The folder, created if necessary.
  package func folder() throws(FileError) -> RunFolder {
    try made.withLock { made throws(FileError) in
      if let made { return made.folder }
      let folder = try make()
      made = (folder, try RunLock(folder))
      UnbegunRun.begin(folder)
      return folder
    }
  }

  /// Removes the folder if it has no checkpoint yet.
  func discard() {
    guard let folder = existing else { return }
    UnbegunRun.end()
    UnbegunRun.remove(folder)
  }
}

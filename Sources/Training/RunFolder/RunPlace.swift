import Basics
import Glibc
import Synchronization
import SystemPackage

/// The run folder of a training that may not have begun: made and locked when something first goes
/// into it, so that a dataset that cannot be used leaves no folder behind.
package final class RunPlace: Sendable {
  private let made: Mutex<(folder: RunFolder, lock: RunLock)?>
  private let make: @Sendable () throws(FileError) -> RunFolder

  /// A folder that `make` makes.
  package init(_ make: @escaping @Sendable () throws(FileError) -> RunFolder) {
    made = Mutex(nil)
    self.make = make
  }

  /// A folder that is there; it is locked at once.
  init(_ folder: RunFolder) throws(FileError) {
    made = Mutex((folder, try RunLock(folder)))
    make = { folder }
  }

  /// The folder, if it has been made.
  var existing: RunFolder? { made.withLock { $0?.folder } }

  /// The folder, made if need be.
  package func folder() throws(FileError) -> RunFolder {
    try made.withLock { made throws(FileError) in
      if let made { return made.folder }
      let folder = try make()
      made = (folder, try RunLock(folder))
      UnbegunRun.begin(folder)
      return folder
    }
  }

  /// Removes the folder again, where the training in it has no checkpoint yet.
  func discard() {
    guard let folder = existing else { return }
    UnbegunRun.end()
    UnbegunRun.remove(folder)
  }
}

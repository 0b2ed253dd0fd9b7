import Basics
import Glibc
import Synchronization
import SystemPackage

/// The run folder of a training that has no checkpoint yet and so cannot be resumed.
///
/// If the training ends, the folder is removed, or the next training treats it as empty.
package enum UnbegunRun {
  /// The files that a training writes before its first checkpoint, in this order.
  private static let files = ["decoded.clips", "skipped.csv", "ignored.csv", "config.json"]

  /// Whether a folder has only files of such a training.
  static func isThere(_ folder: RunFolder) -> Bool {
    guard EntryKind(of: folder.path) == .folder, let listing = try? FolderListing(folder.path)
    else { return false }
    let names = Set(listing.entries.map(\.name.displayName)).filter { !PartialFile.isPartial($0) }
    // A single config.json may be a user's own file.
    return names.isSubset(of: files) && (!names.contains("config.json") || names.count > 1)
  }

  /// Empties the folder at `path` if such a training left it and no other uses it; returns whether
  /// it is empty now.
  static func clear(_ path: FilePath) -> Bool {
    let folder = RunFolder(existing: path)
    guard isThere(folder), let lock = try? RunLock(folder) else { return false }
    return withExtendedLifetime(lock) {
      empty(folder)
      return (try? FolderListing(path))?.entries.isEmpty == true
    }
  }

  /// Removes the folder of such a training.
  static func remove(_ folder: RunFolder) {
    empty(folder)
    _ = folder.path.withPlatformString { rmdir($0) }
  }

  private static func empty(_ folder: RunFolder) {
    AtomicFile.removeLeftovers(in: folder.path)
    for name in files { _ = folder.path.appending(name).withPlatformString { unlink($0) } }
  }

  // MARK: - In a signal handler

  /// The address of the names to remove (C strings, terminated by null, with the folder last); 0 if
  /// none.
  private static let names = Atomic<UInt>(0)
  /// All such lists; they are never freed, because a signal handler may be using them.
  private static let lists = Mutex<[UInt]>([])
  /// The first name in a list is the checkpoint's: if that file exists, nothing may be removed.
  private typealias Names = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// Registers the folder of a training that begins.
  static func begin(_ folder: RunFolder) {
    let whole = files.map { folder.path.appending($0) }
    let paths =
      [folder.checkpoint] + whole
      + (whole + [folder.checkpoint]).map { PartialFile.name(before: $0) } + [folder.path]
    let list = Names.allocate(capacity: paths.count + 1)
    for (index, path) in paths.enumerated() { list[index] = path.withPlatformString { strdup($0) } }
    list[paths.count] = nil
    lists.withLock { $0.append(UInt(bitPattern: list)) }
    names.store(UInt(bitPattern: list), ordering: .releasing)
  }

  /// Ends the registration: the training can be resumed now, or has ended normally.
  static func end() { names.store(0, ordering: .relaxed) }

  /// Removes the registered folder if it has no checkpoint; makes only calls that are allowed in a
  /// signal handler.
  package static func removeFromSignalHandler() {
    guard let list = Names(bitPattern: names.load(ordering: .acquiring)), let checkpoint = list[0],
      access(checkpoint, F_OK) != 0
    else { return }
    var index = 1
    while let name = list[index] {
      if list[index + 1] == nil { rmdir(name) } else { unlink(name) }
      index += 1
    }
  }
}

import Basics
import Glibc
import Synchronization
import SystemPackage

/// The run folder of a training that has no checkpoint yet, with which nobody can go on: whatever
/// ends the training, the folder goes, or counts as nothing for the next one.
package enum UnbegunRun {
  /// What a training writes before its first checkpoint, in this order.
  private static let files = ["decoded.clips", "skipped.csv", "ignored.csv", "config.json"]

  /// Whether a folder holds what such a training leaves, and nothing else.
  static func isThere(_ folder: RunFolder) -> Bool {
    guard EntryKind(of: folder.path) == .folder, let listing = try? FolderListing(folder.path)
    else { return false }
    let names = Set(listing.entries.map(\.name.displayName)).filter { !PartialFile.isPartial($0) }
    // Alone, the configuration may be a person's own.
    return names.isSubset(of: files) && (!names.contains("config.json") || names.count > 1)
  }

  /// Empties the folder at `path` where such a training has left it, and no other is at work there;
  /// whether it is empty now.
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

  /// The address of the names to remove, C strings up to a null, the folder's own last; 0 if none.
  private static let names = Atomic<UInt>(0)
  /// All such lists: none is ever given back, because a handler may be at it.
  private static let lists = Mutex<[UInt]>([])
  /// The checkpoint's name is the first of a list: where it is there, nothing may be removed.
  private typealias Names = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// Remembers the folder of a training that begins.
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

  /// The training can go on from now on, or has ended in good order.
  static func end() { names.store(0, ordering: .relaxed) }

  /// Removes the folder of a training at work that has no checkpoint, by calls that a signal handler
  /// may make.
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

import Basics
import Glibc
import SystemPackage

/// The folder of one training.
public struct RunFolder: Sendable {
  /// The folder itself.
  public let path: FilePath

  /// The model of the best epoch.
  public var model: FilePath { path.appending("model.safetensors") }
  /// The model after the last epoch.
  public var lastModel: FilePath { path.appending("last.safetensors") }
  /// Every resolved option, under the names of the command line.
  public var config: FilePath { path.appending("config.json") }
  /// The metrics, one row per epoch.
  public var metrics: FilePath { path.appending("metrics.csv") }
  /// The plots of the metrics.
  public var plot: FilePath { path.appending("training.svg") }
  /// The checkpoint to resume from.
  public var checkpoint: FilePath { path.appending("checkpoint.safetensors") }
  /// The results of a cross-validation, one row per fold.
  public var folds: FilePath { path.appending("folds.csv") }
  /// The report of all folds, and while they are at work a folder for each.
  public var foldReport: FilePath { path.appending("folds") }
  /// The clips that could not be used, with the reason.
  public var skipped: FilePath { path.appending("skipped.csv") }
  /// Entries that the dataset's scan ignored, with the reason.
  public var ignored: FilePath { path.appending("ignored.csv") }
  /// Decoded clips that do not fit into memory, until the training is finished.
  public var decodedClips: FilePath { path.appending("decoded.clips") }

  /// An existing run folder.
  public init(existing path: FilePath) { self.path = path }

  /// Checks, before any clip is decoded, that a run folder can be created; creates nothing.
  ///
  /// - Parameter path: The folder that was asked for; nil for `runs/<dataset>-<n>`.
  /// - Throws: `FileError.isThere` or `.cannotCreate`.
  static func check(_ path: FilePath?) throws(FileError) {
    guard let path else { return try checkFolder("runs") }
    var status = stat()
    let isThere = path.withPlatformString { lstat($0, &status) } == 0
    guard !isThere || UnbegunRun.isThere(RunFolder(existing: path)) else { throw .isThere(path) }
    try checkFolder(path)
  }

  /// Makes the folder `path`; that it is there already is an error, so that no run is overwritten.
  ///
  /// A folder left by a training that was killed before its first checkpoint counts as empty.
  public init(creating path: FilePath) throws(FileError) {
    try createFolders(path.removingLastComponent())
    guard path.withPlatformString({ mkdir($0, 0o755) }) != 0 else {
      self.path = path
      return
    }
    let number = errno
    guard number == EEXIST, UnbegunRun.clear(path) else {
      throw number == EEXIST
        ? .isThere(path) : .cannotCreate(path, reason: systemMessage(number))
    }
    self.path = path
  }

  /// Creates `runs/<dataset>-<n>` with the lowest free n.
  ///
  /// `mkdir` is atomic, so two trainings that start at the same time never share a folder.
  public init(next dataset: FilePath.Component, in runs: FilePath = "runs") throws(FileError) {
    try createFolders(runs)
    Self.removeLeftovers(in: runs)
    var number = 1
    while true {
      let name = FilePath(bytes: FilePath(root: nil, [dataset]).bytes + Array("-\(number)".utf8))
      let path = runs.pushing(name)
      if path.withPlatformString({ mkdir($0, 0o755) }) == 0 {
        self.path = path
        return
      }
      guard errno == EEXIST else { throw .cannotCreate(path, reason: systemMessage(errno)) }
      number += 1
    }
  }

  /// Removes temporary files that killed trainings left in their folders.
  ///
  /// A folder in use by a training is skipped.
  private static func removeLeftovers(in runs: FilePath) {
    AtomicFile.removeLeftovers(in: runs, sparesLiving: true)
    guard let listing = try? FolderListing(runs) else { return }
    for entry in listing.entries where entry.kind == .folder {
      let folder = RunFolder(existing: runs.below(entry.name))
      guard let lock = try? RunLock(folder) else { continue }
      withExtendedLifetime(lock) {
        AtomicFile.removeLeftovers(in: folder.path)
        // Without a checkpoint they cannot be used again.
        if !isFile(folder.checkpoint) { folder.removeDecodedClips() }
      }
    }
  }

  /// Removes the decoded clips.
  func removeDecodedClips() { _ = decodedClips.withPlatformString { unlink($0) } }

  /// Makes the link `latest` in `runs` point to this folder, after it has a model; only for folders
  /// in `runs`.
  ///
  /// On a file system without links there is no `latest`.
  func becomeLatest() {
    let runs = path.removingLastComponent()
    guard runs.lastComponent?.string == "runs", let name = path.lastComponent else { return }
    Self.point(runs.appending("latest"), to: FilePath(root: nil, [name]))
  }

  /// Replaces the symbolic link atomically.
  private static func point(_ link: FilePath, to name: FilePath) {
    let fresh = PartialFile.name(before: link)
    let made = name.withPlatformString { name in fresh.withPlatformString { symlink(name, $0) } }
    guard made == 0 else { return }
    let renamed = fresh.withPlatformString { old in link.withPlatformString { rename(old, $0) } }
    if renamed != 0 { _ = fresh.withPlatformString { unlink($0) } }
  }
}

import Basics
import Glibc
import SystemPackage

/// The folder that one training writes into, and no other.
public struct RunFolder: Sendable {
  /// The folder itself.
  public let path: FilePath

  /// The model of the best epoch.
  public var model: FilePath { path.appending("model.safetensors") }
  /// The model after the last epoch.
  public var lastModel: FilePath { path.appending("last.safetensors") }
  /// Every resolved option, under the names of the command line.
  public var config: FilePath { path.appending("config.json") }
  /// A row an epoch.
  public var metrics: FilePath { path.appending("metrics.csv") }
  /// The metrics as a picture.
  public var plot: FilePath { path.appending("training.svg") }
  /// What the training needs to go on.
  public var checkpoint: FilePath { path.appending("checkpoint.safetensors") }
  /// A row for each fold of a cross-validation.
  public var folds: FilePath { path.appending("folds.csv") }
  /// The clips that could not be used, with the reason.
  public var skipped: FilePath { path.appending("skipped.csv") }
  /// What the dataset's scan ignored, and why.
  public var ignored: FilePath { path.appending("ignored.csv") }
  /// Decoded clips, while a training runs or waits to go on, where memory is too small for them.
  public var decodedClips: FilePath { path.appending("decoded.clips") }

  /// A run folder that is there already.
  public init(existing path: FilePath) { self.path = path }

  /// Refuses a run folder that could not be made later, before any clip is decoded; makes nothing.
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
  /// What a training has left that was killed before its first checkpoint counts as nothing.
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

  /// Makes `runs/<dataset>-<n>` with the lowest free n.
  ///
  /// `mkdir` decides, so two trainings that start at once never share a folder.
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

  /// Removes what trainings that were killed have left in their folders: parts of files.
  ///
  /// A folder that a training is at work in is left alone.
  private static func removeLeftovers(in runs: FilePath) {
    AtomicFile.removeLeftovers(in: runs, sparesLiving: true)
    guard let listing = try? FolderListing(runs) else { return }
    for entry in listing.entries where entry.kind == .folder {
      let folder = RunFolder(existing: runs.below(entry.name))
      guard let lock = try? RunLock(folder) else { continue }
      withExtendedLifetime(lock) {
        AtomicFile.removeLeftovers(in: folder.path)
        // Without a checkpoint nobody goes on with them.
        if !isFile(folder.checkpoint) { folder.removeDecodedClips() }
      }
    }
  }

  /// Removes the decoded clips, once no training will want them.
  func removeDecodedClips() { _ = decodedClips.withPlatformString { unlink($0) } }

  /// Points `latest` beside this folder at it, once it holds a model; for a folder in `runs` only.
  ///
  /// A file system without links has no `latest`.
  func becomeLatest() {
    let runs = path.removingLastComponent()
    guard runs.lastComponent?.string == "runs", let name = path.lastComponent else { return }
    Self.point(runs.appending("latest"), to: FilePath(root: nil, [name]))
  }

  /// Replaces the symbolic link in one step.
  private static func point(_ link: FilePath, to name: FilePath) {
    let fresh = PartialFile.name(before: link)
    let made = name.withPlatformString { name in fresh.withPlatformString { symlink(name, $0) } }
    guard made == 0 else { return }
    let renamed = fresh.withPlatformString { old in link.withPlatformString { rename(old, $0) } }
    if renamed != 0 { _ = fresh.withPlatformString { unlink($0) } }
  }
}

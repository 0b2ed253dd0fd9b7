import Glibc
import SystemPackage

/// Creates a folder and its parents where they do not exist.
package func createFolders(_ path: FilePath) throws(FileError) {
  guard !path.isEmpty, !isFolder(path) else { return }
  try createFolders(path.removingLastComponent())
  guard path.withPlatformString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST && isFolder(path)
  else { throw .cannotCreate(path, reason: systemMessage(errno)) }
}

/// Checks, before any work is done, that a folder can be created or written into; creates nothing.
///
/// - Throws: `FileError.cannotCreate`.
package func checkFolder(_ path: FilePath) throws(FileError) {
  var place = path
  while !place.isEmpty, place.withPlatformString({ access($0, F_OK) }) != 0,
    errno == ENOENT || errno == ENOTDIR
  {
    place = place.removingLastComponent()
  }
  if place.isEmpty { place = "." }
  guard isFolder(place) else { throw .cannotCreate(path, reason: systemMessage(ENOTDIR)) }
  guard place.withPlatformString({ access($0, W_OK | X_OK) }) == 0 else {
    throw .cannotCreate(path, reason: systemMessage(errno))
  }
}

/// Removes a file or a folder with everything in it, if it is there.
///
/// - Throws: `FileError.writeFailed` where something stays.
package func removeFolder(_ path: FilePath) throws(FileError) {
  // `unlink` takes files and links but no folders, so a link out of the folder is safe.
  if path.withPlatformString({ unlink($0) }) == 0 { return }
  for entry in (try? FolderListing(path))?.entries ?? [] {
    try removeFolder(path.below(entry.name))
  }
  guard path.withPlatformString({ rmdir($0) }) == 0 || errno == ENOENT else {
    throw .writeFailed(path, reason: systemMessage(errno))
  }
}

import Glibc
import SystemPackage

/// Makes a folder and its parents, where they are not there.
package func createFolders(_ path: FilePath) throws(FileError) {
  guard !path.isEmpty, !isFolder(path) else { return }
  try createFolders(path.removingLastComponent())
  guard path.withPlatformString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST && isFolder(path)
  else { throw .cannotCreate(path, reason: systemMessage(errno)) }
}

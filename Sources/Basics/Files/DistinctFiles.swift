import Glibc
import SystemPackage

/// Removes duplicates from a list of files.
package enum DistinctFiles {
  /// The distinct files, in order; of equal ones the first.
  ///
  /// Two paths of one file are equal, and so are two files with the same bytes.
  ///
  /// A path that cannot be examined stays in the list; opening it later reports the error.
  package static func of(_ paths: [FilePath]) -> [FilePath] {
    var files: Set<[UInt64]> = []
    var sizes: [Int: [(path: FilePath, hash: String?)]] = [:]
    return paths.filter { path in
      var status = stat()
      guard path.withPlatformString({ stat($0, &status) }) == 0 else { return true }
      guard files.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else {
        return false
      }
      // Only files of equal size are read.
      var others = sizes[Int(status.st_size)] ?? []
      defer { sizes[Int(status.st_size)] = others }
      for index in others.indices where others[index].hash == nil {
        others[index].hash = hash(of: others[index].path)
      }
      let own = others.isEmpty ? nil : hash(of: path)
      if let own, others.contains(where: { $0.hash == own }) { return false }
      others.append((path, own))
      return true
    }
  }

  /// SHA-1 of the digests of a file's blocks; nil if it cannot be read.
  private static func hash(of path: FilePath) -> String? {
    guard let file = try? FileBlocks(path) else { return nil }
    var digest = ""
    while let block = try? file.next() {
      if block.isEmpty { return digest }
      digest = SHA1.text(of: Array(digest.utf8) + block)
    }
    return nil
  }
}

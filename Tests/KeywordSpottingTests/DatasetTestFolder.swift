import Glibc
import SystemPackage
import TestSupport

@testable import Basics
@testable import Datasets
@testable import Recognition

/// A folder of small files in the system's temporary folder, removed with the value's last use.
final class DatasetTestFolder {
  private let folder = TemporaryFolder()
  var path: FilePath { folder.path }

  /// Writes a file and the folders that lead to it; one byte is enough for a clip.
  @discardableResult
  func write(_ name: String, _ text: String = "x") -> FilePath {
    write(Array(name.utf8), Array(text.utf8))
  }

  @discardableResult
  func write(_ name: [UInt8], _ bytes: [UInt8] = [1]) -> FilePath {
    let file = path.below(name)
    TemporaryFolder.write(bytes, to: file)
    return file
  }

  /// Clips named `0.wav`, `1.wav` and so on in a label folder.
  func writeClips(_ folder: String, count: Int, prefix: String = "") {
    for index in 0..<count { write("\(folder)/\(prefix)\(index).wav") }
  }

  func makeFolder(_ folder: FilePath) {
    if folder.isEmpty || folder.withPlatformString({ access($0, F_OK) }) == 0 { return }
    makeFolder(folder.removingLastComponent())
    folder.withPlatformString { precondition(mkdir($0, 0o755) == 0, "mkdir \(folder)") }
  }

  func link(_ name: String, to target: String) {
    let file = path.appending(name)
    makeFolder(file.removingLastComponent())
    precondition(file.withPlatformString { symlink(target, $0) } == 0, "symlink \(name)")
  }

  func scan(_ change: (inout DatasetOptions) -> Void = { _ in }) throws(DatasetError) -> Dataset {
    try scan(path, change)
  }

  func scan(
    _ root: FilePath, _ change: (inout DatasetOptions) -> Void = { _ in }
  ) throws(DatasetError) -> Dataset {
    var options = DatasetOptions()
    change(&options)
    return try Dataset.scan(root, options: options)
  }
}

extension Dataset {
  /// The names of what was left out for a reason.
  func ignored(_ reason: IgnoredReason) -> [String] {
    ignored.first { $0.reason == reason }?.names ?? []
  }

  func recording(_ name: String) -> Recording? { recordings.first { $0.name == name } }
}

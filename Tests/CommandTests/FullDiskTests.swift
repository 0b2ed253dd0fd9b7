import Glibc
import SystemPackage
import TestSupport
import Testing

/// A disk of 64 KiB, made of memory, that is full when the run folder is written.
///
/// Scripts/faults/short does the same in a name space of its own, which needs no root.
@Suite(.enabled(if: SmallDisk.canBeMounted, "no small disk can be mounted here (not root?)"))
struct FullDiskTests {
  private let folder = TemporaryFolder()

  @Test func aFullDiskIsNamedAndNothingHalfIsLeft() throws {
    folder.makeFolder("disk")
    let disk = folder["disk"]
    try #require(mount("tmpfs", disk.string, "tmpfs", 0, "size=64k") == 0)
    defer { umount(disk.string) }
    let arguments =
      ["train", "tones", "--out", disk.appending("run").string, "--quiet"] + CommandFixture.tiny
      + ["--hidden", "64"]
    let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code == 74 && output.isOneError, "\(output)")
    #expect(output.errors.contains("No space left on device"))
    let names = TemporaryFolder.names(in: disk.appending("run"))
    #expect(!names.contains { $0.hasSuffix("kws-partial") || $0.hasSuffix("safetensors") })

    let features = CommandFixture.program.run(
      "features", CommandFixture.clip, "--out", disk.appending("f.csv").string)
    #expect(features.code == 0 || features.code == 74)
  }

  @Test func aReadOnlyDiskIsNamed() throws {
    folder.makeFolder("disk")
    let disk = folder["disk"]
    try #require(mount("tmpfs", disk.string, "tmpfs", UInt(MS_RDONLY), "size=64k") == 0)
    defer { umount(disk.string) }
    for arguments in [
      ["train", "tones", "--out", disk.appending("run").string] + CommandFixture.tiny,
      ["features", CommandFixture.clip, "--out", disk.appending("f.csv").string],
    ] {
      let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
      #expect(output.code == 73 && output.errors.contains("Read-only file system"), "\(output)")
    }
  }
}

private enum SmallDisk {
  /// Whether this process may mount: root may, but not in every container.
  static let canBeMounted: Bool = {
    let folder = TemporaryFolder()
    guard mount("tmpfs", folder.path.string, "tmpfs", 0, "size=64k") == 0 else { return false }
    return umount(folder.path.string) == 0
  }()
}

import Glibc
import SystemPackage
import TestSupport
import Testing

/// A disk of 256 KiB, made of memory, that is full when the run folder is written.
///
/// Mounting needs root; elsewhere the test is skipped.
@Suite(.enabled(if: getuid() == 0, "mounting a small disk needs root")) struct FullDiskTests {
  private let folder = TemporaryFolder()

  @Test func aFullDiskIsNamedAndNothingHalfIsLeft() {
    folder.makeFolder("disk")
    let disk = folder["disk"]
    guard mount("tmpfs", disk.string, "tmpfs", 0, "size=64k") == 0 else { return }
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

  @Test func aReadOnlyDiskIsNamed() {
    folder.makeFolder("disk")
    let disk = folder["disk"]
    guard mount("tmpfs", disk.string, "tmpfs", UInt(MS_RDONLY), "size=64k") == 0 else {
      return
    }
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

import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Basics

/// A reader sees the old file or the new one; failures name their reason and leave no traces.
@Suite struct AtomicFileTests {
  private let folder = TemporaryFolder()

  @Test func aFileIsReplacedWhole() throws {
    try AtomicFile.write("old", to: folder["f"])
    try AtomicFile.write([UInt8](repeating: 7, count: 300_000), to: folder["f"])
    #expect(TemporaryFolder.read(folder["f"]) == [UInt8](repeating: 7, count: 300_000))
    try AtomicFile.write("", to: folder["f"])
    #expect(TemporaryFolder.read(folder["f"]) == [])
    #expect(TemporaryFolder.names(in: folder.path) == ["f"])
  }

  @Test func namesThatAreNoUTF8AreKept() throws {
    let strange = FilePath(bytes: folder.path.bytes + Array("/\u{7}é".utf8) + [0xFF, 0xFE])
    #expect(strange.withPlatformString { mkdir($0, 0o755) } == 0)
    let file = FilePath(bytes: strange.bytes + Array("/f".utf8) + [0x80])
    try AtomicFile.write("text", to: file)
    #expect(try readFile(file, limit: 10) == Array("text".utf8))
  }

  @Test func whatCannotBeCreatedIsNamed() {
    let file = folder["none/f"]
    #expect(throws: FileError.cannotCreate(file, reason: "No such file or directory")) {
      try AtomicFile.write("x", to: file)
    }
  }

  @Test(.disabled(if: getuid() == 0, "root may write everywhere"))
  func aFolderWithoutPermissionIsNamed() {
    folder.makeFolder("sealed")
    _ = folder["sealed"].withPlatformString { chmod($0, 0o555) }
    #expect(throws: FileError.cannotCreate(folder["sealed/f"], reason: "Permission denied")) {
      try AtomicFile.write("x", to: folder["sealed/f"])
    }
  }

  @Test func aFolderIsNotReplaced() {
    folder.makeFolder("d")
    let reason = "it exists and is not a regular file"
    #expect(throws: FileError.cannotCreate(folder["d"], reason: reason)) {
      try AtomicFile.write("x", to: folder["d"])
    }
    #expect(TemporaryFolder.names(in: folder.path) == ["d"])
  }

  @Test func leftoversAndNothingElseAreRemoved() throws {
    for name in ["a", "a.kws-partial.txt", "a.123.kws-partial", "b.9.kws-partial"] {
      folder.write(name, text: "x")
    }
    AtomicFile.removeLeftovers(in: folder.path)
    #expect(TemporaryFolder.names(in: folder.path) == ["a", "a.kws-partial.txt"])
    AtomicFile.removeLeftovers(in: folder["none"])
  }

  @Test func aFileBeyondItsLimitIsNotRead() throws {
    folder.write("f", [1, 2, 3])
    #expect(throws: FileError.tooLarge(folder["f"], bytes: 3, limit: 2)) {
      try readFile(folder["f"], limit: 2)
    }
    #expect(try readFile(folder["f"], limit: 3) == [1, 2, 3])
    #expect(throws: FileError.missing(folder["f/g"])) { try readFile(folder["f/g"], limit: 3) }
  }
}

import Glibc
import TestSupport
import Testing

@testable import Basics
@testable import Sound

@Suite struct AudioFilesTests {
  private let folder = TemporaryFolder()

  /// Two links back to the folder would be visited 2^40 times if each path counted.
  @Test func linksInACircleAreVisitedOnce() throws {
    folder.write("a.wav", text: "x")
    for name in ["l1", "l2"] { #expect(symlink(folder.path.string, folder[name].string) == 0) }
    #expect(try AudioFiles.below(folder.path) == [folder["a.wav"]])
  }

  /// Among others it fails later, as a clip does.
  ///
  /// Past 4,096 bytes no path can be opened, by root neither.
  @Test func aFolderThatCannotBeReadCostsOnlyItself() throws {
    folder.write("z.wav", text: "x")
    let name = String(repeating: "d", count: 250)
    var folders = [open(folder.path.string, O_RDONLY | O_DIRECTORY)]
    defer { folders.forEach { close($0) } }
    for _ in 0..<17 {
      #expect(mkdirat(folders.last!, name, 0o755) == 0)
      folders.append(openat(folders.last!, name, O_RDONLY | O_DIRECTORY))
    }
    let files = try AudioFiles.below(folder.path)
    #expect(files.count == 2 && files.last == folder["z.wav"])
    #expect(files.first?.lastComponent?.string == name)
    // In two halves the folders can be removed by their paths.
    #expect(renameat(folders[8], name, folders[0], "half") == 0)
  }

  /// A recording of a telephone among WAV files is reported by who reads it, not passed over.
  @Test func recordingsThatAreNotReadAreListedBesideOthers() throws {
    folder.write("b.M4A", text: "x")
    folder.write("notes.txt", text: "x")
    #expect(throws: FileError.noAudio(folder.path, unread: 1)) {
      try AudioFiles.some(below: folder.path)
    }
    folder.write("a.wav", text: "x")
    #expect(try AudioFiles.some(below: folder.path) == [folder["a.wav"], folder["b.M4A"]])
    #expect(try AudioFiles.below(folder.path) == [folder["a.wav"]])
  }

  @Test func aMissingFolderIsAnError() {
    #expect(throws: FileError.missing(folder["none"])) { try AudioFiles.below(folder["none"]) }
  }
}

import Glibc
import KeywordSpotting
import TestSupport
import Testing

@Suite struct AudioFilesTests {
  private let folder = TemporaryFolder()

  /// Two links back to the folder would be visited 2^40 times if each path counted.
  @Test func linksInACircleAreVisitedOnce() throws {
    folder.write("a.wav", text: "x")
    for name in ["l1", "l2"] { #expect(symlink(folder.path.string, folder[name].string) == 0) }
    #expect(try AudioFiles.below(folder.path) == [folder["a.wav"]])
  }

  @Test func aMissingFolderIsAnError() {
    #expect(throws: FileError.missing(folder["none"])) { try AudioFiles.below(folder["none"]) }
  }
}

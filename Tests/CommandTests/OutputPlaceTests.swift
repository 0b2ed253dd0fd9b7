import SystemPackage
import TestSupport
import Testing

/// A place that cannot be written is refused before any work is done for it, even before its input is
/// missed.
@Suite struct OutputPlaceTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  @Test func anExistingRunIsRefusedBeforeAnythingIsDecoded() {
    folder.write("taken/model.safetensors", text: "somebody's")
    let output = program.run("train", "tones", "--out", folder["taken"].string)
    #expect(output.code == 73 && output.isOneError, "\(output)")
    #expect(output.errors.contains("it already exists; choose another --out"))
  }

  @Test(arguments: [
    ["train", "none", "--out", "TAKEN"], ["train", "none", "--out", "FILE/run"],
    ["evaluate", "none", "--report", "FILE/r"], ["evaluate", "none", "--report", "FILE"],
    ["compare", "run", "run", "none", "--report", "FILE/r"],
    ["audit", "none", "--report", "FILE/r"], ["augment", "none.wav", "--out", "FILE/r"],
    ["tune", "run", "none", "--max-false-reject", "0.1", "--out", "FILE/m"],
    ["tune", "run", "none", "--max-false-reject", "0.1", "--out", "TAKEN"],
    ["features", "none.wav", "--out", "FILE/f"],
  ])
  func thePlaceIsLookedAtFirst(_ arguments: [String]) {
    folder.write("taken/model.safetensors", text: "somebody's")
    folder.write("file", text: "x")
    let given = arguments.map {
      $0.replacing("TAKEN", with: folder["taken"].string)
        .replacing("FILE", with: folder["file"].string)
    }
    let output = program.run(arguments: given.map { Array($0.utf8) })
    #expect(output.code == 73 && output.isOneError, "\(output)")
    #expect(TemporaryFolder.names(in: folder.path) == ["file", "taken"])
    #expect(TemporaryFolder.names(in: folder["taken"]) == ["model.safetensors"])
  }

  /// A dataset that is not there leaves no empty report behind.
  @Test func nothingIsMadeForNothing() {
    for arguments in [
      ["audit", "none"], ["evaluate", "none"], ["compare", "run", "run", "none"],
    ] {
      let output = program.run(
        arguments: (arguments + ["--report", folder["r"].string]).map { Array($0.utf8) })
      #expect(output.code == 66 && output.isOneError, "\(output)")
    }
    #expect(TemporaryFolder.names(in: folder.path).isEmpty)
  }
}

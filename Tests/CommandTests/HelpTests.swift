import Glibc
import TestSupport
import Testing

/// The help texts, whole.
///
/// `KWS_RECORD=1 swift test --filter HelpTests` writes them anew and fails, so that nobody records
/// without looking.
@Suite struct HelpTests {
  @Test(arguments: [
    "", "train", "classify", "evaluate", "info", "features", "augment", "halve", "bench", "audit",
    "compare", "tune", "merge", "export", "import", "mix", "mine", "listen", "review",
  ])
  func aHelpTextIsAsRecorded(_ command: String) {
    let arguments = (command.isEmpty ? [] : [command]) + ["--help"]
    let output = CommandFixture.program.run(arguments: arguments.map { Array($0.utf8) })
    #expect(output.code == 0 && output.errors.isEmpty)
    let golden = FixtureFiles.root.appending("golden")
      .appending("help\(command.isEmpty ? "" : "-" + command).txt")
    if getenv("KWS_RECORD") != nil {
      TemporaryFolder.write(output.bytes, to: golden)
      Issue.record("recorded \(golden): look at the difference, then run again without KWS_RECORD")
      return
    }
    #expect(TemporaryFolder.text(golden) == output.text)
  }

  /// A newcomer sees five options of `train` before the groups.
  @Test func theFirstOptionsOfTrainAreFive() throws {
    let text = CommandFixture.program.run("train", "--help").text
    let first = try #require(text.split(separator: "OPTIONS:").first)
    #expect(text.contains("OPTIONS:") && first.contains("USAGE:"))
  }

  @Test func helpForAWordIsHelpForTheCommand() {
    let program = CommandFixture.program
    #expect(program.run("help", "train").text == program.run("train", "--help").text)
  }
}

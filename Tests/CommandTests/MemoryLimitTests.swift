import Glibc
import TestSupport
import Testing

@testable import kws

/// A sanitizer maps terabytes.
private let canLimitMemory = getenv("ASAN_OPTIONS") == nil && getenv("TSAN_OPTIONS") == nil

/// Where the system limits the program's memory, it ends with its answer or with one line and exit code
/// 71: never by a signal, never not at all.
@Suite(.serialized, .enabled(if: canLimitMemory)) struct MemoryLimitTests {
  private let folder = TemporaryFolder()

  private func run(_ megabytes: Int, _ arguments: [String]) -> Program.Output {
    var program = CommandFixture.program
    program.addressSpace = megabytes * 1_000
    return program.run(arguments: arguments.map { Array($0.utf8) })
  }

  @Test(arguments: [100, 130, 160, 200, 300, 500])
  func commandsEndInGoodOrder(_ megabytes: Int) {
    for arguments in [
      ["classify", "tones", "--quiet"], ["evaluate", "tones", "--split", "all", "--quiet"],
      ["evaluate", "tones", "--quiet", "--report", folder["report\(megabytes)"].string],
      ["audit", "tones"], ["compare", "run", "run", "tones", "--quiet"],
      ["train", "tones", "--out", folder["run\(megabytes)"].string, "--quiet", "--epochs", "1"],
    ] {
      let output = run(megabytes, arguments)
      #expect(output.signal == nil, "\(arguments): \(output)")
      #expect(output.code == 0 || output.code == 71 && output.isOneError, "\(arguments): \(output)")
    }
  }

  @Test func tooTightALimitNamesBothNumbers() {
    let output = run(110, ["evaluate", "tones"])
    #expect(output.code == 71 && output.isOneError, "\(output)")
    #expect(output.errors.contains("needs 112 MB of memory, and ulimit -v leaves"))
  }

  /// Four layers of 2,048 units have 400 million weights, and each shard of the batch a gradient.
  @Test func aTrainingThatNeedsMoreMemoryThanThereIsDoesNotBegin() {
    let output = CommandFixture.program.run(
      "train", "tones", "--out", folder["huge"].string, "--quiet", "--layers", "4", "--hidden",
      "2048", "--batch", "65536")
    #expect(output.code == 71 && output.isOneError, "\(output)")
    #expect(output.errors.contains("smaller --batch, --hidden"))
    #expect(TemporaryFolder.names(in: folder.path).isEmpty)
  }
}

import Foundation
import TestSupport
import Testing

/// `kws bench DATASET`: every stage from the files to the words, and nothing is left behind.
@Suite struct BenchTests {
  @Test func aDatasetIsMeasuredFromEndToEnd() throws {
    let scratch = TemporaryFolder()
    var program = CommandFixture.program
    program.environment["TMPDIR"] = scratch.path.string
    let output = program.run(
      "bench", "tones", "--layers", "1", "--hidden", "6", "--batch", "4", "--threads", "2", "--json"
    )
    #expect(output.code == 0, "\(output.errors)")
    let rows = try output.text.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(
      rows.map { $0["name"] as? String } == [
        "decoding", "front end", "augmentation and front end", "first epoch, with decoding",
        "training epoch", "files to words",
      ])
    #expect(rows.allSatisfy { ($0["rate"] as? Double ?? 0) > 0 })
    #expect(rows[4]["share"] is Double && rows[3]["share"] == nil)
    #expect(TemporaryFolder.names(in: scratch.path).isEmpty)
  }

  @Test func aDatasetThatIsNotThereIsNamed() {
    let output = CommandFixture.program.run("bench", "nowhere")
    #expect(output.code == 66 && output.isOneError)
  }
}

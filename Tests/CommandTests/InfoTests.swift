import Foundation
import TestSupport
import Testing

@Suite struct InfoTests {
  private let program = CommandFixture.program

  @Test func textSaysEverythingALineEach() {
    let text = program.run("info").text
    for words in [
      "channel: the mean of all", "trained on: 24 clips known by content",
      "labels: low, mid, top, _silence_", "network: 1 x 6 hidden units both ways",
      "at 8000 Hz", "threshold: 0.5", "on tones, seed 0, 12 epochs", "training clips: 24",
      "listening: the posterior reaches the threshold",
      "listening, each keyword: from 1 window on",
      "validation accuracy (selected on): ", "test accuracy: ", "melBands",
    ] { #expect(text.contains(words), "\(words)") }
  }

  @Test func jsonSaysTheSame() throws {
    let output = program.run("info", "run", "--json")
    #expect(output.errors.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(output.bytes)) as! [String: Any]
    #expect(object["labels"] as? [String] == ["low", "mid", "top", "_silence_"])
    #expect(
      Set(object.keys) == [
        "channel", "decision", "format", "frontEnd", "history", "labels", "network",
        "normalization", "record", "rule", "window",
      ])
    let frontEnd = object["frontEnd"] as! [String: Any]
    #expect(frontEnd["sampleRate"] as? Int == 8_000 && frontEnd["melBands"] as? Int == 16)
  }
}

import Foundation
import KeywordSpotting
import SystemPackage
import TestSupport
import Testing

/// A threshold turns the answer: its probability is then its own, and the keyword's stands beside it
/// with the reason.
@Suite struct RejectionTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program.Output {
    program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func object(_ output: Program.Output) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(output.bytes)) as! [String: Any]
  }

  /// The fixture's model with `top` as its class of unknown words.
  private func modelWithUnknown() throws -> String {
    var model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    model.labels = model.labels.map { $0 == "top" ? ClassLabel.unknown : $0 }
    model.decision.prior = ClassPrior()
    let path = folder["unknown.safetensors"]
    try model.write(to: path)
    return path.string
  }

  @Test func textSaysWhatWasNotAnsweredAndWhy() throws {
    let bare = run("classify", CommandFixture.clip, "--threshold", "1", "--top", "1")
    let lines = bare.text.split(separator: "\n").map(String.init)
    #expect(
      lines[0].wholeMatch(of: /_unknown_  \(mid \d+\.\d+%, below its threshold of 100%\)/) != nil,
      "\(bare)")
    #expect(lines[1].hasPrefix("  mid  "))
    let known = run(
      "classify", CommandFixture.clip, "--threshold", "1", "--model", try modelWithUnknown())
    let form = /_unknown_  (\d+\.\d)%  \(mid (\d+\.\d)%, below its threshold of 100%\)\n/
    let match = try #require(try form.wholeMatch(in: known.text), "\(known)")
    #expect(Double(match.1)! < Double(match.2)!)
  }

  @Test func jsonHasBothProbabilities() throws {
    let bare = try object(run("classify", CommandFixture.clip, "--threshold", "1", "--json"))
    #expect(bare["version"] as? Int == 2 && bare["label"] as? String == "_unknown_")
    #expect(bare["probability"] is NSNull)
    let rejected = try #require(bare["rejected"] as? [String: Any])
    let probabilities = bare["probabilities"] as! [String: Double]
    #expect(rejected["label"] as? String == "mid" && rejected["threshold"] as? Double == 1)
    #expect(rejected["probability"] as? Double == probabilities["mid"])
    let known = try object(
      run(
        "classify", CommandFixture.clip, "--threshold", "1", "--json", "--model",
        try modelWithUnknown()))
    let all = known["probabilities"] as! [String: Double]
    #expect(known["probability"] as? Double == all["_unknown_"])
    let plain = try object(run("classify", CommandFixture.clip, "--json"))
    #expect(plain["rejected"] is NSNull && plain["label"] as? String == "mid")
  }

  @Test func csvHasTheReason() {
    let rows = run("classify", CommandFixture.clip, "--threshold", "1", "--csv").text
      .split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(Array(rows[0][8..<10]) == ["rejected", "threshold"])
    #expect(rows[1][1] == "_unknown_" && rows[1][2].isEmpty)
    #expect(Array(rows[1][8..<10]) == ["mid", "1.000000"])
  }

  @Test func evaluateSaysWhy() throws {
    let output = run(
      "evaluate", "tones", "--threshold", "1", "--report", folder["r"].string, "--quiet")
    let text = output.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let clip =
      /tones?.*answer _unknown_ \((low|mid|top) \d+\.\d+%, below its threshold of 100%\), label/
    #expect(text.firstMatch(of: clip) != nil, "\(output.text)")
    let page = try #require(TemporaryFolder.text(folder["r/report.html"]))
    #expect(page.contains("answer <bdi>_unknown_</bdi>, because <bdi>"))
    #expect(page.contains(", below its threshold of 100%, label "))
    let report =
      try JSONSerialization.jsonObject(
        with: Data(TemporaryFolder.read(folder["r/report.json"])!)) as! [String: Any]
    let wrong = (report["wrong"] as! [[String: Any]])[0]
    #expect(wrong["predicted"] as? String == "_unknown_" && wrong["predictedProbability"] == nil)
    #expect((wrong["rejected"] as? [String: Any])?["threshold"] as? Double == 1)
    let table = try #require(TemporaryFolder.text(folder["r/predictions.csv"]))
    let rows = table.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let (rejected, threshold) = (
      rows[0].firstIndex(of: "rejected")!, rows[0].firstIndex(of: "threshold")!
    )
    for row in rows.dropFirst() {
      #expect(["low", "mid", "top"].contains(row[rejected]) && row[threshold] == "1.0")
    }
  }

  /// Numbers that look equal get the digits that tell them apart.
  @Test func theReasonIsNeverAContradiction() {
    let close = Rejection(label: "no", probability: 0.79996, threshold: 0.8)
    #expect(close.reason == "79.996%, below its threshold of 80.000%")
    let plain = Rejection(label: "no", probability: 0.672, threshold: 0.8)
    #expect(plain.reason == "67.2%, below its threshold of 80%")
  }
}

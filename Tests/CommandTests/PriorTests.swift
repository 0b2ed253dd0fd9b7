import Foundation
import KeywordSpotting
import TestSupport
import Testing

/// The shares of the classes that probabilities stand for, as a person sets them.
@Suite struct PriorTests {
  private let program = CommandFixture.program
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program.Output {
    program.run(arguments: arguments.map { Array($0.utf8) })
  }

  private func probabilities(_ prior: String...) throws -> [String: Double] {
    let output = program.run(
      arguments: (["classify", CommandFixture.clip, "--json"] + prior).map { Array($0.utf8) })
    let object = try JSONSerialization.jsonObject(with: Data(output.bytes)) as? [String: Any]
    return try #require(object?["probabilities"] as? [String: Double], "\(output)")
  }

  /// A model answers for equal shares; others multiply the odds as Bayes' rule says.
  @Test func classifyAnswersForTheSharesThatAreGiven() throws {
    let model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    let trained = model.decision.prior.trained
    let plain = try probabilities()
    #expect(try probabilities("--prior", "equal") == plain)
    let other = try probabilities("--prior", "_silence_=0.7")
    let odds = other["_silence_"]! / other["mid"]! / (plain["_silence_"]! / plain["mid"]!)
    #expect(abs(odds / 7 - 1) < 1e-3)
    let before = try probabilities("--prior", "trained")
    let ratio = before["_silence_"]! / before["mid"]! / (plain["_silence_"]! / plain["mid"]!)
    #expect(abs(ratio / (trained["_silence_"]! / trained["mid"]!) - 1) < 1e-3)
  }

  @Test func evaluateSaysForWhichShares() {
    let output = run("evaluate", "tones", "--prior", "_silence_=0.7")
    #expect(output.code == 0)
    #expect(output.text.contains("shares of the classes: _silence_=0.7 (in training "), "\(output)")
    #expect(run("evaluate", "tones").text.contains("shares of the classes: equal (in training "))
  }

  /// Thresholds are chosen for the shares that the model then answers for.
  @Test func tuneStoresThem() throws {
    let path = folder["tuned.safetensors"]
    let output = run(
      "tune", "run", "tones", "--max-false-reject", "0.1", "--prior", "low=0.5", "--out",
      path.string)
    #expect(output.code == 0 || output.code == 1, "\(output)")
    let model = try KeywordModel(contentsOf: path)
    #expect(model.decision.prior.target == .shares(["low": 0.5]) && model.rule.prior == nil)
  }

  @Test(arguments: [
    ("even", 64, "equal, trained, or shares"), ("yes=0.2", 65, "'yes' is no class of the model"),
    ("low=0", 65, "must lie within"), ("low=0.9,mid=0.9", 65, "leave nothing"),
  ]) func mistakesAreOneLine(_ prior: String, _ code: Int, _ words: String) {
    let output = run("classify", CommandFixture.clip, "--prior", prior)
    #expect(Int(output.code) == code && output.errors.contains(words), "\(output)")
    #expect(output.bytes.isEmpty)
  }

  /// Models of formats before 5 do not know the shares of their training.
  @Test func olderModelsSayThatTheyDoNotKnow() throws {
    var model = try KeywordModel(contentsOf: CommandFixture.folder["run/model.safetensors"])
    model.decision.prior = ClassPrior()
    let path = folder["old.safetensors"]
    try model.write(to: path)
    let output = run("classify", CommandFixture.clip, "--model", path.string, "--prior", "equal")
    #expect(output.code == 65 && output.errors.contains("does not know the shares"), "\(output)")
  }
}

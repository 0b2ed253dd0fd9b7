import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Training

/// What an earlier kws stored is read: Fixtures/stored, each file with the number of its format.
@Suite struct StoredFixtureTests {
  private static let fixtures = Repository.fixtures

  private let folder = TemporaryFolder()

  private func bytes(_ name: String) throws -> [UInt8] {
    try #require(TemporaryFolder.read(Self.fixtures.appending("stored/\(name)")))
  }

  /// Its training goes on, an epoch further than it was; before format 3 no directions were stored.
  @Test func aCheckpointOfFormatTwoGoesOn() throws {
    folder.write("run/checkpoint.safetensors", try bytes("checkpoint-2.safetensors"))
    let checkpoint = try Checkpoint(contentsOf: folder["run/checkpoint.safetensors"])
    #expect(checkpoint.recipe.directions == .both && checkpoint.recipe.hidden == 2)
    #expect((checkpoint.progress.epoch, checkpoint.progress.step) == (2, 1))
    #expect(checkpoint.root == "words" && checkpoint.progress.testHash != nil)
    let outcome = try Training.resume(
      RunFolder(existing: folder["run"]), root: Self.fixtures.appending("words"), threads: 2,
      report: { _ in })
    #expect(outcome.model.record.epochs == 3 && outcome.model.labels.prefix(2) == ["yes", "no"])
  }

  /// Its table of predictions is known again by its hash.
  @Test func aPartOfVersionOneIsRead() throws {
    let state = try EvaluationState(decoding: bytes("part-1.json"))
    #expect(state.isFinished && state.shard == Shard("1/2") && state.tally.done == 55)
    #expect(state.labels == ["yes", "no", "_unknown_", "_silence_"])
    let rows = folder.write("part.csv", try bytes("part-1.csv"))
    #expect(try RowHash(rows, limit: state.rowBytes).value == state.rowHash)
    #expect(try state.encoded() == bytes("part-1.json"))
  }

  /// Another version's work is neither read nor overwritten.
  @Test func aPartOfANewerVersionIsRefusedByItsNumber() throws {
    let text = String(decoding: try bytes("part-1.json"), as: UTF8.self)
    let start = try #require(text.firstRange(of: "\"state\":")).upperBound
    let state = text[start...].dropLast(2).replacing("\"version\":1", with: "\"version\":2")
    let sum = SHA1.text(of: Array(state.utf8))
    folder.write("part/part.json", text: "{\"checksum\":\"\(sum)\",\"state\":\(state)}\n")
    let before = TemporaryFolder.read(folder["part/part.json"])
    #expect(
      throws: EvaluationError.newerState(folder["part"], found: 2, supported: 1)
    ) { try EvaluationState.merge([folder["part"]], into: ReportFolder(folder["merged"])) }
    let fixture = try EvaluationFixture(in: folder)
    var run = fixture.run
    let error = #expect(throws: EvaluationError.self) {
      try run.run(in: ReportFolder(existing: folder["part"]))
    }
    #expect(
      error.map { "\($0)" }?.hasSuffix(
        "part.json: format 2; this program reads up to 1: update kws, or write elsewhere") == true)
    #expect(TemporaryFolder.read(folder["part/part.json"]) == before)
  }

  @Test func aReportOfVersionOneIsRead() throws {
    let report = try EvaluationJSON.read(bytes("report-1.json"))
    #expect(report.evaluated == 110 && report.basis == .unseen)
    #expect(try EvaluationJSON.render(report) == bytes("report-1.json"))
  }

  /// Format 1 named the longest clip beside a model to start from, which decides it.
  @Test func aConfigOfFormatOneIsRead() throws {
    var config = try JSONValue(parsing: bytes("config-1.json")[...])
    #expect(config["format"] == nil && config["from"] != nil && config["max-clip-seconds"] != nil)
    try TrainingRecipe.configFormat.migrate(&config)
    #expect(config["format"] == .number(3) && config["max-clip-seconds"] == nil)
    #expect(config["room"] == .number(0.2) && config["freeze"] == .number(1))
    // Without a model to start from it stays.
    var other = try JSONValue(parsing: Array(#"{"max-clip-seconds":2}"#.utf8)[...])
    try TrainingRecipe.configFormat.migrate(&other)
    #expect(other["max-clip-seconds"] == .number(2))
  }

  /// Before format 3 of a config and 4 of a checkpoint no word was put into running speech.
  ///
  /// A person's file has no number and takes today's default.
  @Test(arguments: [
    (#"{"format":2,"negatives":["talk"]}"#, JSONValue.number(0)),
    (#"{"format":2}"#, nil),
    (#"{"negatives":["talk"]}"#, nil),
    (#"{"format":3,"negatives":["talk"],"word-share":0.3}"#, JSONValue.number(0.3)),
  ]) func wordsInSpeechHaveADefaultByFormat(_ text: String, _ share: JSONValue?) throws {
    var config = try JSONValue(parsing: Array(text.utf8)[...])
    try TrainingRecipe.configFormat.migrate(&config)
    #expect(config["word-share"] == share)
  }

  @Test func aCheckpointOfFormatThreeHasNoWordsInSpeech() throws {
    for (negatives, share) in [("{}", JSONValue.number(0)), ("null", nil)] {
      let text = #"{"format":3,"recipe":{"negatives":\#(negatives)}}"#
      var checkpoint = try JSONValue(parsing: Array(text.utf8)[...])
      try Checkpoint.Metadata.stored.migrate(&checkpoint)
      #expect(checkpoint["recipe"]?["negatives"]?["wordShare"] == share)
    }
  }
}

/// The smallest evaluation.
private struct EvaluationFixture {
  let run: EvaluationRun

  init(in folder: TemporaryFolder) throws {
    for word in ["yes", "no"] {
      let tone = ToneDataset.tone(300, seconds: 0.025, seed: 1)
      folder.write("d/\(word)/a_nohash_0.wav", ToneDataset.wav(tone, sampleRate: 8_000))
    }
    var options = DatasetOptions()
    options.purpose = .evaluation
    options.words = ["no", "yes"]
    let model = ModelFixture.model()
    let plan = try EvaluationPlan(
      Dataset.scan(folder["d"], options: options), for: model, part: .all)
    run = EvaluationRun(
      BatchEvaluation(Classifier(model, threads: 1), plan), model: "m", dataset: "d",
      shard: Shard("1/1")!, clipLimit: 0,
      measurement: Measurement(date: "then", seconds: 0, machine: "m", seed: 0, model: []))
  }
}

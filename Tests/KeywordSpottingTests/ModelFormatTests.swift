import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Neural
@testable import Recognition
@testable import Sound

/// Models as they were written, each by a kws that wrote its format: Fixtures/models/format-1.safetensors and
/// so on; format-1.csv has what the first answered to the test part of Fixtures/words.
@Suite struct ModelFormatTests {
  private static let fixtures = Repository.fixtures
  private static let path = path(1)

  private static func path(_ format: Int) -> FilePath {
    fixtures.appending("models/format-\(format).safetensors")
  }

  private func model(_ format: Int = 1) throws -> KeywordModel {
    try KeywordModel(contentsOf: Self.path(format))
  }

  /// The answers were printed with all their digits; another instruction set may round otherwise.
  @Test func formatOneAnswersAsItDid() throws {
    let table = TemporaryFolder.read(Self.fixtures.appending("models/format-1.csv"))
    let (labels, recorded) = try PredictionTable.read(try #require(table))
    let model = try model()
    #expect(model.labels == labels && model.channel == nil)
    let clips = recorded.filter { !$0.path.hasPrefix(BatchEvaluation.cutPrefix) }
    #expect(clips.count == 108)
    let files = clips.map { ClipSource.file(Self.fixtures.appending("words/\($0.path)")) }
    for (clip, result) in zip(clips, Classifier(model, threads: 2).inspect(files)) {
      let inspected = try result.get()
      let answer = inspected.answer
      #expect(answer.label == clip.predicted, "\(clip.path)")
      for (now, before) in zip(answer.probabilities, clip.probabilities) {
        #expect(abs(now - before) < 1e-5, "\(clip.path)")
      }
      #expect(model.history.role(of: inspected.contentHash) == nil, "\(clip.path)")
    }
  }

  /// Whichever format a model was stored in, it is one model with one hash.
  @Test func theFormatsOfOneModelAreOne() throws {
    let model = try model(3)
    #expect(ModelMetadata.stored.current == 5 && model.metadata.format == 5)
    #expect(model.decision.choice?.version == 1 && model.record.options.holdOut == .always)
    let older = try self.model(2)
    #expect(model.encoded() == older.encoded())
    let builtIn = try KeywordModel.builtIn()
    #expect(try KeywordModel(decoding: builtIn.encoded(), from: "m").encoded() == builtIn.encoded())
  }

  /// A part that grows by itself has its own number.
  @Test func aPartFromANewerProgramIsRefusedByItsNumber() throws {
    func error(_ change: (inout JSONValue) -> Void) throws -> ModelError? {
      var container = try Safetensors(decoding: TemporaryFolder.read(Self.path(3))!)
      let text = container.metadata[KeywordModel.metadataKey]!
      var document = try JSONValue(parsing: ArraySlice(text.utf8))
      change(&document)
      container.metadata[KeywordModel.metadataKey] = document.text
      return #expect(throws: ModelError.self) {
        try KeywordModel(decoding: container.encoded(), from: "m")
      }
    }
    for (key, name) in [("frontEnd", "front end"), ("network", "network")] {
      guard
        case .newerFormat("m", part: name, found: 99, _)? =
          try error({ $0[key]?["format"] = .number(99) })
      else {
        Issue.record("read a \(name) of format 99")
        continue
      }
    }
    #expect(
      try error { $0["network"]?["depth"] = .number(3) }
        == .invalid("m", problem: "the metadata does not fit: network: unknown depth"))
    #expect(
      try error { $0["decision"]?["choice"]?["version"] = .number(2) }.map { "\($0)" }?
        .contains("kws-thresholds of version 2") == true)
    let newer = try #require(try error { $0["format"] = .number(99) })
    #expect("\(newer)" == "m: format 99; this program reads up to 5: update kws")
  }

  /// Nothing is lost on the way into the present format, the filter of format 1 included.
  @Test func formatOneIsWrittenInThePresentFormat() throws {
    let old = try model()
    let new = try KeywordModel(decoding: old.encoded(), from: "m")
    #expect(new.encoded() == old.encoded() && new.metadata.format == 5)
    #expect(new.network.parameters == old.network.parameters && new.record == old.record)
    #expect(new.decision == old.decision && new.normalization == old.normalization)
    #expect(new.history == old.history)
    #expect(old.history.trained.filter != nil && old.history.trained.isComplete)
    // Which clips chose the epoch and the thresholds was not stored.
    #expect(!old.history.selected.isComplete && !old.history.thresholds.isComplete)
  }

  /// What format 1 knew still counts: clips trained on by its filter, and validation clips of the
  /// dataset that it was trained on by the rule of its training.
  @Test func formatOneStillTellsWhatItMet() throws {
    let model = try model()
    var options = model.record.options
    options.purpose = .evaluation
    let dataset = try Dataset.scan(Self.fixtures.appending("words"), options: options)
    let classifier = Classifier(model, threads: 2)
    func roles(_ part: EvaluationPart) throws -> [MetClips] {
      let plan = try EvaluationPlan(dataset, for: classifier, part: part)
      return try BatchEvaluation(classifier, plan).run().clips.met.figures
    }
    let trained = try roles(.training)
    #expect(trained.count == 1 && trained[0].role == .trained && trained[0].accuracy.n >= 360)
    let selected = try roles(.validation)
    // 72 clips and a cut of silence from the seconds for validation.
    #expect(selected.map(\.role) == [.selected] && selected[0].accuracy.n == 73)
    #expect(try roles(.testing).isEmpty)
  }

  /// Before format 3, a run of windows that were answered with a keyword was one event.
  @Test(arguments: ["format-1", "format-2"]) func olderFormatsHaveTheRuleOfTheirTime(
    _ name: String
  ) throws {
    let model = try KeywordModel(
      contentsOf: Self.fixtures.appending("models/\(name).safetensors"))
    #expect(model.rule == .runsOfAnswers)
    var changed = model
    changed.rule.settleSeconds = 0.5
    changed.rule.keywords[model.keywords[0]] = model.rule.conditions
    #expect(try KeywordModel(decoding: changed.encoded(), from: "m").rule == changed.rule)
  }

  @Test func aFormatOneWithoutItsFilterIsRefused() throws {
    var container = try Safetensors(decoding: TemporaryFolder.read(Self.path)!)
    let text = container.metadata[KeywordModel.metadataKey]!
    var document = try JSONValue(parsing: ArraySlice(text.utf8))
    document["record"]?["heard"] = nil
    container.metadata[KeywordModel.metadataKey] = document.text
    #expect(
      throws: ModelError.invalid(
        "m", problem: "the metadata does not fit: record has no \"heard\"")
    ) { try KeywordModel(decoding: container.encoded(), from: "m") }
  }
}

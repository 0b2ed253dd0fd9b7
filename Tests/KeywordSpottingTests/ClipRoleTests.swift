import SystemPackage
import TestSupport
import Testing

@testable import Auditing
@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Sound

/// What a clip was to the model is decided clip by clip, by its content.
@Suite struct ClipRoleTests {
  /// 40 speakers say two words, once each; the hash of Speech Commands divides them.
  private let folder = TemporaryFolder()

  private func write(_ name: String, seed: UInt64, channels: Int = 1) {
    let tone = ToneDataset.tone(400, seconds: 0.05, seed: seed)
    let other = ToneDataset.tone(900, seconds: 0.05, seed: seed + 1)
    let frames = channels == 1 ? tone : zip(other, tone).flatMap { [$0, $1] }
    TemporaryFolder.write(
      ToneDataset.wav(frames, sampleRate: 8_000, channels: channels),
      to: folder["d"].appending(name))
  }

  init() {
    for speaker in 0..<40 {
      for (place, word) in ["yes", "no"].enumerated() {
        write("\(word)/s\(speaker)_nohash_0.wav", seed: UInt64(1_000 + 2 * speaker + place))
      }
    }
  }

  private func dataset() throws -> Dataset {
    var options = ModelFixture.model().record.options
    options.purpose = .evaluation
    options.words = ["no", "yes"]
    return try Dataset.scan(folder["d"], options: options)
  }

  private func hashes(_ split: Split, _ model: KeywordModel) throws -> [UInt64] {
    let reader = ClipReader(model, workers: nil)
    return try dataset().recordings(in: split).map {
      ContentHash.of(try reader.read($0.path).samples)
    }
  }

  /// A model that was trained on the dataset as it is.
  private func model(channel: Int? = nil) throws -> KeywordModel {
    var model = ModelFixture.model(trained: [])
    model.channel = channel
    model.history.trained.clips = ClipSet(try hashes(.training, model))
    model.history.selected.clips = ClipSet(try hashes(.validation, model))
    return model
  }

  private func report(
    _ model: KeywordModel, _ part: EvaluationPart? = nil, channel: Int? = nil
  ) throws -> EvaluationReport {
    let classifier = Classifier(model, channel: channel, threads: 2)
    let plan = try EvaluationPlan(dataset(), for: classifier, part: part)
    var run = EvaluationRun(
      BatchEvaluation(classifier, plan), model: "m", dataset: "d", shard: .whole, clipLimit: 0,
      measurement: Measurement(date: "", seconds: 0, machine: "", seed: 0, model: []))
    _ = try run.run(in: nil)
    return try run.state.report()
  }

  private func counts(_ report: EvaluationReport) -> [ClipRole: Int] {
    Dictionary(uniqueKeysWithValues: (report.met ?? []).map { ($0.role, $0.accuracy.n) })
  }

  @Test func theHeadlineIsOverClipsThatTheModelNeverMet() throws {
    let model = try model()
    let parts = try Split.allCases.map { try dataset().recordings(in: $0).count }
    #expect(parts.allSatisfy { $0 > 1 })
    let all = try report(model, .all)
    #expect(all.basis == .unseen && all.accuracy.n == parts[2] && all.evaluated == 80)
    #expect(counts(all) == [.trained: parts[0], .selected: parts[1]])
    #expect(all.classes.reduce(0) { $0 + $1.support } == parts[2])
    #expect(all.slices!.allSatisfy { $0.groups.reduce(0) { $0 + $1.accuracy.n } == parts[2] })
    let selected = try report(model, .validation)
    #expect(selected.basis == .met && selected.accuracy.n == parts[1])
    #expect(EvaluationText().render(selected).contains("selected on"))
    #expect(EvaluationPage(selected, labels: model.labels).render().contains("selected on"))
    let testing = try report(model, .testing)
    #expect(testing.met == [] && testing.accuracy.n == parts[2])
  }

  /// One more file, one less and another name take nothing away: the default part stays the test part,
  /// and validation clips stay those that chose the epoch.
  @Test func changedFilesTakeNoProtectionAway() throws {
    let model = try model()
    let before = try (report(model), report(model, .validation))
    let trained = try counts(report(model, .all))[.trained]!
    #expect(before.0.subject.split == "testing")
    write("yes/added_nohash_0.wav", seed: 7)
    let renamed = try #require(try dataset().recordings(in: .training).first)
    TemporaryFolder.write(
      TemporaryFolder.read(renamed.path)!, to: folder["d"].appending("no/renamed_nohash_0.wav"))
    let after = try (report(model), report(model, .validation))
    #expect(after.0.subject.split == "testing" && after.0.met == [])
    #expect(counts(after.1)[.selected] == counts(before.1)[.selected])
    // The copy of a training clip is one, whatever it is called.
    #expect(try counts(report(model, .all))[.trained] == trained + 1)
  }

  @Test func aStrangeDatasetIsMeasuredWhole() throws {
    var model = try model()
    model.history = ClipHistory()
    model.history.trained.clips = ClipSet([1 << 30])
    let report = try report(model)
    #expect(report.subject.split == "all" && report.accuracy.n == 80 && report.met == [])
  }

  /// A filter of format 1 finds one strange clip of 2,000, so a find or two are no proof.
  @Test func aFilterMustFindSeveralClips() throws {
    var model = ModelFixture.model(trained: [])
    let trained = try hashes(.training, model)
    for (known, isKnown) in [(trained, true), (Array(trained.prefix(2)), false)] {
      model.history.trained.filter = ClipFilter(known + Array(repeating: 1, count: 1_000))
      #expect(try Classifier(model, threads: 2).wasTrained(on: dataset()) == isKnown)
    }
  }

  /// Silence cut from noise that the model knows has the role of its seconds; alone it is no figure.
  @Test func silenceHasTheRoleOfItsSeconds() throws {
    TemporaryFolder.write(
      ToneDataset.wav(ToneDataset.tone(50, seconds: 4, seed: 3), sampleRate: 8_000),
      to: folder["d/_background_noise_/hum.wav"])
    var model = try model()
    let noise = NoiseLibrary(
      try dataset().noise, reader: ClipReader(model, workers: nil), warn: { _ in })
    model.history.trained.clips = model.history.trained.clips.union(ClipSet(noise.contentHashes))
    for part in [EvaluationPart.training, .validation] {
      let report = try report(model, part)
      #expect(report.basis == .met && report.met?.count == 1)
      #expect(report.met?[0].accuracy.n == report.accuracy.n)
    }
    #expect(try report(model, .testing).met == [])
    // All test clips were trained on: the cuts alone make no headline.
    model.history.trained.clips = model.history.trained.clips.union(
      ClipSet(try hashes(.testing, model)))
    #expect(try report(model, .testing).basis == .met)
  }

  /// Recordings for alarms have roles too: those that chose the thresholds are left out.
  @Test func alarmAudioThatChoseTheThresholdsIsLeftOut() throws {
    let talk = folder.write(
      "talk.wav", ToneDataset.wav(ToneDataset.tone(80, seconds: 30, seed: 5), sampleRate: 8_000))
    var model = try model()
    func alarms() throws -> (hours: Double, warnings: [String]) {
      let classifier = Classifier(model, threads: 2)
      let plan = try EvaluationPlan(dataset(), for: classifier, part: .testing, alarmAudio: [talk])
      let tally = try BatchEvaluation(classifier, plan).run()
      return (tally.counts.quietHours.value, tally.warnings(plan.summary))
    }
    #expect(try alarms().hours > 0.008)
    model.history.thresholds.clips = ClipSet([
      ContentHash.of(try ClipReader(model, workers: nil).read(talk).samples)
    ])
    let after = try alarms()
    #expect(after.hours == 0)
    #expect(
      after.warnings == [
        "1 of 1 alarm recordings chose the thresholds: left out of the false alarms"
      ])
  }

  /// A clip is known on the model's own channel, whichever channel is read.
  @Test func anotherChannelHidesNothing() throws {
    for speaker in 0..<40 {
      write("yes/s\(speaker)_nohash_0.wav", seed: UInt64(speaker), channels: 2)
    }
    let model = try model(channel: 2)
    for channel in [nil, 1, 2] {
      let report = try report(model, .training, channel: channel)
      // Mono clips have no second channel to be asked for.
      let skipped = channel == 2 ? report.total / 2 : 0
      #expect(report.skipped.count == skipped, "channel \(channel ?? 0)")
      #expect(report.basis == .met && report.met?[0].accuracy.n == report.total - skipped)
    }
  }

  @Test func comparedClipsThatEitherModelMetAreLeftOut() throws {
    let (known, strange) = (try model(), ModelFixture.model(trained: []))
    func evaluation(_ model: KeywordModel) throws -> BatchEvaluation {
      let plan = try EvaluationPlan(dataset(), for: model, part: .all)
      return BatchEvaluation(Classifier(model, threads: 2), plan)
    }
    var generator = TestGenerator(state: 1)
    let answers = try PairedAnswers(evaluation(strange), evaluation(known)) { _, _ in }
    let comparison = try answers.comparison(using: &generator)
    let parts = try Split.allCases.map { try dataset().recordings(in: $0).count }
    #expect(comparison.basis == .unseen && comparison.n == parts[2])
    #expect(comparison.met?.map(\.clips) == [parts[0], parts[1]])
    #expect(comparison.met?.allSatisfy { $0.model == 1 } == true)
    #expect(comparison.text.contains("met by B, trained on: \(parts[0]) clips"))
    #expect(ComparisonPage(comparison, labels: [[], []]).render().contains("met by B"))
  }

  /// The judge of labels is measured on clips that it never met, where there are any.
  @Test func theJudgeOfAnAuditIsMeasuredOnOthers() throws {
    let model = try model()
    let judge = Audit(try dataset(), threads: 2).suspects(Classifier(model, threads: 2)).judge
    let parts = try Split.allCases.map { try dataset().recordings(in: $0).count }
    #expect(judge.agreement.n == parts[2] && judge.trainedOn == parts[0])
    #expect(judge.met?.map(\.accuracy.n) == [parts[0], parts[1]])
  }
}

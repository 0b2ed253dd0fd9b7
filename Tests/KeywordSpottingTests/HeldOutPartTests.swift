import SystemPackage
import TestSupport
import Testing

@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Sound
@testable import Training

/// What is held out stays out: clips of the validation and test parts, and their seconds of noise,
/// are never trained on, and each part is measured with its own.
@Suite struct HeldOutPartTests {
  /// A hum of 4 s: 80% for training, then 10% each for validation and test, each with its own seed.
  private static func noise(training: UInt64 = 1, validation: UInt64 = 2, testing: UInt64 = 3)
    -> [UInt8]
  {
    let parts = [(training, 3.2), (validation, 0.4), (testing, 0.4)]
    return ToneDataset.wav(
      parts.flatMap { ToneDataset.tone(100, seconds: $1, seed: $0) },
      sampleRate: ToneDataset.sampleRate)
  }

  private static func write(_ noise: [UInt8], to data: FilePath) {
    TemporaryFolder.write(noise, to: data.appending("_background_noise_/hum.wav"))
  }

  private let fixture: TrainingFixture = {
    let fixture = TrainingFixture(clips: 8)
    write(noise(), to: fixture.data)
    return fixture
  }()

  /// Gives a speaker of `ToneDataset` another voice; 2 validates and 3 tests.
  private func changeVoice(_ speaker: Int) {
    for clip in 0..<2 {
      TemporaryFolder.write(
        ToneDataset.wav(
          ToneDataset.tone(1_500, seconds: 0.25, seed: UInt64(7 + clip)),
          sampleRate: ToneDataset.sampleRate),
        to: fixture.data.appending("low").appending("speaker\(speaker)_nohash_\(clip).wav"))
    }
  }

  /// The weights and the normalisation after the last epoch, which no choice of an epoch touches.
  private func trained(_ name: String) throws -> (weights: [Float], FeatureNormalization?) {
    let model = try KeywordModel(contentsOf: fixture.run(name).folder.lastModel)
    return (model.network.parameters, model.normalization)
  }

  @Test func onlyTheTrainingClipsAreTrainedOn() throws {
    let before = try trained("before")
    changeVoice(2)
    changeVoice(3)
    #expect(try trained("held out") == before)
    changeVoice(1)
    let after = try trained("trained on")
    #expect(after.weights != before.weights && after.1 != before.1)
  }

  @Test func onlyTheTrainingSecondsOfNoiseAreTrainedOn() throws {
    let before = try trained("before")
    Self.write(Self.noise(validation: 8, testing: 9), to: fixture.data)
    #expect(try trained("held out") == before)
    Self.write(Self.noise(training: 7), to: fixture.data)
    #expect(try trained("trained on").weights != before.weights)
  }

  /// (cuts, C): the logits of the silence that a training validates on.
  private func validationSilence(_ noise: [UInt8]) throws -> [[Float]] {
    try ValidationFixture.examples(clips: 60, noise: noise).filter { $0.target == 1 }.map(\.logits)
  }

  @Test func silenceForValidationIsCutFromItsOwnSeconds() throws {
    let before = try validationSilence(Self.noise())
    #expect(before.count == 6)
    #expect(try validationSilence(Self.noise(training: 7, testing: 9)) == before)
    #expect(try validationSilence(Self.noise(validation: 8)) != before)
  }

  /// (cuts, C): the posteriors of the silence that an evaluation measures.
  private func measuredSilence(_ part: EvaluationPart, _ noise: [UInt8]) throws -> [[Float]] {
    Self.write(noise, to: fixture.data)
    let model = ModelFixture.model(labels: ["low", "mid", ClassLabel.silence])
    var options = DatasetOptions()
    options.purpose = .evaluation
    let dataset = try Dataset.scan(fixture.data, options: options)
    let plan = try EvaluationPlan(dataset, for: model, part: part)
    var rows: [[Float]] = []
    _ = try BatchEvaluation(Classifier(model, threads: 1), plan).run(each: { prediction in
      if prediction.label == ClassLabel.silence { rows.append(prediction.probabilities) }
    })
    return rows
  }

  @Test func silenceForAnEvaluationIsCutFromItsOwnSeconds() throws {
    let tested = try measuredSilence(.testing, Self.noise())
    #expect(tested.count == 1)
    #expect(
      try measuredSilence(.testing, Self.noise(training: 7, validation: 8)) == tested)
    #expect(try measuredSilence(.testing, Self.noise(testing: 9)) != tested)
    let validated = try measuredSilence(.validation, Self.noise())
    #expect(
      try measuredSilence(.validation, Self.noise(training: 7, testing: 9)) == validated)
    #expect(try measuredSilence(.validation, Self.noise(validation: 8)) != validated)
  }

  /// The report's warnings for a part of the dataset that the model was trained on.
  private func warnings(_ part: EvaluationPart, _ model: KeywordModel) throws -> String {
    let dataset = try Dataset.scan(fixture.data, options: model.record.options)
    let plan = try EvaluationPlan(dataset, for: model, part: part)
    var run = EvaluationRun(
      BatchEvaluation(Classifier(model, threads: 1), plan), model: "m", dataset: "d",
      shard: .whole, clipLimit: 0,
      measurement: Measurement(date: "", seconds: 0, machine: "", seed: 0, model: []))
    #expect(try run.run(in: nil))
    return try run.state.report().warnings.joined(separator: "\n")
  }

  @Test func figuresOnThePartThatChoseTheEpochSaySo() throws {
    let model = try fixture.run().model
    #expect(try warnings(.validation, model).contains("(selected on)"))
    #expect(try warnings(.all, model).contains("(selected on)"))
    #expect(try !warnings(.testing, model).contains("(selected on)"))
  }

  /// Every clip of the training part is told, also where shards are merged.
  @Test func shardsRememberWhatWasTrainedOn() throws {
    let model = try fixture.run().model
    let dataset = try Dataset.scan(fixture.data, options: model.record.options)
    let plan = try EvaluationPlan(dataset, for: model, part: .training)
    let evaluation = BatchEvaluation(Classifier(model, threads: 1), plan)
    var merged = try evaluation.run(Shard("1/2")!)
    merged.merge(try evaluation.run(Shard("2/2")!))
    let warnings = try evaluation.run().warnings(plan.summary)
    #expect(merged.warnings(plan.summary) == warnings)
    // Silence that is cut from the noise that was mixed in is one more.
    #expect(warnings.contains { $0.hasPrefix("9 of 9 clips were trained on") }, "\(warnings)")
  }
}

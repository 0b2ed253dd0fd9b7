import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Basics
@testable import Datasets
@testable import Evaluation
@testable import Recognition
@testable import Training

/// The epoch is chosen by what its stored weights answer on the validation part.
@Suite struct EpochChoiceTests {
  private let fixture: TrainingFixture = {
    let fixture = TrainingFixture()
    // With recorded noise, an evaluation cuts the same silence as the training's validation.
    TemporaryFolder.write(
      ToneDataset.wav(ToneDataset.tone(100, seconds: 4, seed: 1), sampleRate: 8_000),
      to: fixture.data.appending("_background_noise_/hum.wav"))
    return fixture
  }()

  /// The fixture's average forgets a tenth a step, so it lies far from the weights that the
  /// optimizer moves; sums in Float differ by about 1e-6.
  @Test func anEpochIsJudgedByTheAverageThatIsStored() throws {
    let rows = Mutex<[EpochMetrics]>([])
    let model = try fixture.run(report: { event in
      if case .epoch(let row, _, _) = event { rows.withLock { $0.append(row) } }
    }).model
    let best = try #require(
      rows.withLock { $0 }.first { $0["epoch"] == Double(model.record.bestEpoch) })
    var plain = model
    plain.decision = Decision()
    let dataset = try Dataset.scan(fixture.data, options: model.record.options)
    let plan = try EvaluationPlan(dataset, for: model, part: .validation)
    let tally = try BatchEvaluation(Classifier(plain, threads: 2), plan).run()
    var generator = SeededGenerator(seed: 0)
    let report = EvaluationReport.make(tally.counts, using: &generator)
    let (loss, told) = (try #require(report.logLoss.value), try #require(best["validation_loss"]))
    #expect(abs(loss - told) < 1e-5, "\(loss), but \(told) was the epoch's")
    #expect(report.accuracy.value == best["validation_accuracy"])
    #expect(report.accuracy.value == model.record.validation?.value)
  }

  @Test func theAverageIsWhatIsKept() throws {
    var fixture = fixture
    fixture.options.epochs = 1
    let outcome = try fixture.run()
    let checkpoint = try Checkpoint(contentsOf: outcome.folder.checkpoint)
    #expect(checkpoint.best == checkpoint.average && checkpoint.best != checkpoint.parameters)
    #expect(outcome.model.network.parameters == checkpoint.average)
  }
}

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
    plain.decision.temperature = 1
    let dataset = try Dataset.scan(fixture.data, options: model.record.options)
    let plan = try EvaluationPlan(dataset, for: model, part: .validation)
    var clips: [HeldOutLogits.Example] = []
    let prior = model.decision.prior
    _ = try BatchEvaluation(Classifier(plain, threads: 2), plan).run(each: { prediction in
      clips.append(
        HeldOutLogits.Example(
          probabilities: prediction.probabilities, offsets: prior.offsets(model.labels),
          target: model.labels.firstIndex(of: prediction.label)!, half: 0))
    })
    let held = HeldOutLogits(clips, labels: model.labels, prior: prior)
    let told = try #require(best["validation_loss"])
    #expect(abs(held.leastLoss - told) < 1e-5, "\(held.leastLoss), but \(told) was the epoch's")
    let accuracy = Double(held.correct) / Double(clips.count)
    #expect(best["validation_accuracy"] == accuracy)
    #expect(model.record.validation?.value == accuracy)
  }

  @Test func theAverageIsWhatIsKept() throws {
    var fixture = fixture
    fixture.options.epochs = 1
    let outcome = try fixture.run()
    let checkpoint = try Checkpoint(contentsOf: outcome.folder.checkpoint)
    #expect(checkpoint.best == checkpoint.average && checkpoint.best != checkpoint.parameters)
    #expect(outcome.model.network.parameters == checkpoint.average)
  }

  /// Not the epoch with most right answers, which the most frequent class decides, but the one with
  /// the least loss at the shares of the task.
  @Test func theEpochWithTheLeastLossIsKept() throws {
    let rows = Mutex<[EpochMetrics]>([])
    let model = try fixture.run(report: { event in
      if case .epoch(let row, _, _) = event { rows.withLock { $0.append(row) } }
    }).model
    let losses = try rows.withLock { try $0.map { try #require($0["validation_loss"]) } }
    #expect(losses.count == 3 && Set(losses).count == 3)
    #expect(model.record.bestEpoch == losses.firstIndex(of: losses.min()!)! + 1)
  }

  /// The stored shares are those of what an epoch teaches, splices and noise included.
  @Test func theModelKnowsTheSharesOfItsTraining() throws {
    let model = try fixture.run().model
    let prior = model.decision.prior
    #expect(prior.target == .equal && Set(prior.trained.keys) == Set(model.labels))
    #expect(abs(prior.trained.values.reduce(0, +) - 1) < 1e-12)
    let words = model.keywords.map { prior.trained[$0]! }
    #expect(abs(words[0] / words[1] - 1) < 0.1)
    let others = prior.trained[ClassLabel.unknown].map { $0 / words.reduce(0, +) }
    #expect(others.map { abs($0 - 0.4) < 0.05 } ?? true)
    #expect(abs(prior.trained[ClassLabel.silence]! / words.reduce(0, +) - 0.12) < 0.05)
    #expect(model.rule.prior == (others == nil ? nil : .trained))
  }
}

import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Neural
@testable import Recognition
@testable import Sound
@testable import Training

/// What a training's options do to its weights and epochs, seen from outside.
@Suite struct TrainingStepTests {
  /// Trained with plain gradient descent, whose steps show the gradients: no momentum, decay,
  /// average or augmentation.
  private func fixture(
    clips: Int = 8, _ change: (inout TrainingOptions) -> Void
  ) -> TrainingFixture {
    var fixture = TrainingFixture(clips: clips)
    fixture.options.optimizer = .sgd
    (fixture.options.momentum, fixture.options.weightDecay) = (0, 0)
    (fixture.options.schedule, fixture.options.averageDecay) = (.constant, 0)
    (fixture.options.dropout, fixture.options.augmentation) = (0, AugmentationOptions.none)
    change(&fixture.options)
    return fixture
  }

  /// The weights that the training began with and those that it ended with.
  private func weights(_ fixture: TrainingFixture) throws -> (drawn: [Float], last: [Float]) {
    let outcome = try fixture.run()
    let last = try KeywordModel(contentsOf: outcome.folder.lastModel).network
    var generator = RandomStreams(seed: fixture.options.seed).weights
    return (Network<Float>(shape: last.shape, using: &generator).parameters, last.parameters)
  }

  /// n updates with a gradient of norm c at most, at a rate r, move the weights by n r c at most.
  @Test func aClippedGradientMovesTheWeightsNoFarther() throws {
    let (rate, norm) = (0.1, 0.01)
    func distance(_ clipNorm: Double) throws -> Double {
      let fixture = fixture {
        ($0.learningRate, $0.clipNorm, $0.epochs, $0.batch) = (rate, clipNorm, 1, 8)
      }
      let (drawn, last) = try weights(fixture)
      return zip(drawn, last).reduce(0) { $0 + Double(($1.1 - $1.0) * ($1.1 - $1.0)) }.squareRoot()
    }
    // 8 training clips of words and one of silence: two updates.
    let clipped = try distance(norm)
    #expect(clipped > 0 && clipped <= 2 * rate * norm * 1.001, "\(clipped)")
    #expect(try distance(0) > 10 * rate * norm)
  }

  @Test func rareClassesWeighMoreOnlyIfTheyAreRare() throws {
    func last(_ balances: Bool, without speaker: Int?) throws -> [Float] {
      let fixture = fixture { ($0.balancesClasses, $0.epochs) = (balances, 1) }
      for clip in 0..<2 where speaker != nil {
        TemporaryFolder.write(
          [], to: fixture.data.appending("low/speaker\(speaker!)_nohash_\(clip).wav"))
      }
      var copy = fixture
      copy.options.allowsBad = true
      return try weights(copy).last
    }
    #expect(try last(true, without: nil) == last(false, without: nil))
    #expect(try last(true, without: 0) != last(false, without: 0))
  }

  /// Of the pooled numbers seven in ten fall at an update: were they always the same, the output
  /// weights that read them would never move.
  @Test func otherUnitsFallAtEachUpdate() throws {
    let fixture = fixture {
      ($0.dropout, $0.batch, $0.hidden, $0.epochs, $0.learningRate) = (0.7, 1, 2, 5, 0.1)
    }
    let (drawn, last) = try weights(fixture)
    let layout = ParameterLayout(
      NetworkShape(features: 8, hidden: 2, layers: 1, classes: 3, pooling: .attentionMean))
    let output = layout[.output(.weight)].range
    #expect(layout.count == last.count && output.count == 24)
    #expect(output.allSatisfy { drawn[$0] != last[$0] })
  }

  /// The columns of metrics.csv for a rate so small that nothing improves after the first epoch.
  private func rows(_ change: (inout TrainingOptions) -> Void) throws -> [EpochMetrics] {
    let fixture = fixture {
      $0.learningRate = 1e-30
      change(&$0)
    }
    let rows = Mutex<[EpochMetrics]>([])
    _ = try fixture.run(report: { event in
      if case .epoch(let row, _, _) = event { rows.withLock { $0.append(row) } }
    })
    return rows.withLock { $0 }
  }

  @Test func patienceEndsTheTrainingAfterSoManyEpochsWithoutGain() throws {
    #expect(try rows { ($0.epochs, $0.patience) = (8, 3) }.count == 4)
    #expect(try rows { ($0.epochs, $0.patience) = (5, 0) }.count == 5)
  }

  /// The loss is reported six times; the first is the best, and the third after it lowers the rate.
  @Test func aPlateauLowersTheRate() throws {
    let rates = try rows { ($0.epochs, $0.schedule) = (6, .plateau) }.map { $0["learning_rate"]! }
    #expect(rates.map { ($0 / 1e-30 * 100).rounded() } == [100, 100, 100, 100, 10, 10])
  }

  @Test func theFittedTemperatureIsStored() throws {
    // Speakers 1 and 2 stand in different halves, and validate with 30 clips each.
    let fixture = fixture(clips: 60) { ($0.epochs, $0.learningRate) = (1, 1) }
    let lines = ["low", "mid"].flatMap { word in
      (0..<15).flatMap { clip in [1, 2].map { "\(word)/speaker\($0)_nohash_\(clip).wav\n" } }
    }
    TemporaryFolder.write(
      Array(lines.joined().utf8), to: fixture.data.appending("validation_list.txt"))
    let outcome = try fixture.run()
    let calibration = try #require(outcome.model.record.calibration)
    #expect(calibration.temperature != 1 && calibration.clips == 66)
    #expect(outcome.model.decision.temperature == calibration.temperature)
    let last = try KeywordModel(contentsOf: outcome.folder.lastModel)
    #expect(last.decision.temperature == 1 && last.record.calibration == nil)
  }
}

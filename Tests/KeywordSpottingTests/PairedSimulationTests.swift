import Testing

@testable import Evaluation

/// Whether the paired test keeps its word where clips of a speaker go together.
@Suite struct PairedSimulationTests {
  /// Two models on 20 speakers with 10 clips each; `loss` is how much less often the second is right.
  private func comparison(
    loss: Double, _ generator: inout TestGenerator
  ) throws -> PairedComparison {
    var answers = PairedAnswers()
    var second: [Prediction] = []
    for speaker in 0..<20 {
      // What is hard to one model in a speaker's voice need not be to the other.
      let own = [0, loss].map { 0.9 - $0 - (generator.unit() < 0.3 ? 0.3 : 0) }
      for clip in 0..<10 {
        for (model, share) in own.enumerated() {
          let prediction = Prediction(
            path: "\(speaker)/\(clip)", label: "a",
            predicted: generator.unit() < share ? "a" : "b", probabilities: [],
            speaker: "\(speaker)")
          if model == 0 { answers.addFirst(prediction) } else { second.append(prediction) }
        }
      }
    }
    second.forEach { answers.addSecond($0) }
    var options = EvaluationOptions()
    options.resamples = 200
    return try answers.comparison(options: options, using: &generator)
  }

  /// At a level of 5%, 4 to 17 alarms of 200 trials are seen in 95 of 100 runs.
  ///
  /// The percentile test is a little generous with 20 clusters, so the limit is 22. An interval of 95%
  /// fails 4 to 17 times.
  @Test func theGateRarelyFailsAnEqualModel() throws {
    var generator = TestGenerator(state: 12)
    var (alarms, covered) = (0, 0)
    for _ in 0..<200 {
      let comparison = try comparison(loss: 0, &generator)
      if comparison.chanceOfLoss < Gate.significance { alarms += 1 }
      if comparison.difference.low! <= 0, comparison.difference.high! >= 0 { covered += 1 }
    }
    #expect(alarms <= 22, "\(alarms) of 200")
    #expect(covered >= 182, "\(covered) of 200")
  }

  @Test func aLossOfFifteenPointsIsUsuallySeen() throws {
    var generator = TestGenerator(state: 13)
    var (seen, covered) = (0, 0)
    for _ in 0..<100 {
      let comparison = try comparison(loss: 0.15, &generator)
      if Gate.loss(comparison, allowing: 0) != nil { seen += 1 }
      if comparison.difference.low! <= -0.15, comparison.difference.high! >= -0.15 {
        covered += 1
      }
    }
    #expect(seen >= 70, "\(seen) of 100")
    #expect(covered >= 88, "\(covered) of 100")
  }
}

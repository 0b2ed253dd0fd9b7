import Testing

@testable import Neural

/// Every gradient against central differences, in Double: (L(p + h) - L(p - h)) / 2h with h = 1e-5 is
/// off by h^2 times the third derivative and by rounding over h, both about 1e-10, so a relative error
/// of 1e-7 leaves room for small gradients only.
@Suite struct GradientCheckTests {
  private static let step = 1e-5
  private static let tolerance = 1e-7

  struct Case: Sendable, CustomTestStringConvertible {
    var layers = 1
    var directions = Directions.both
    var pooling = Pooling.mean
    var lengths: [Int]
    var loss = LossOptions()
    var dropout = Dropout.none
    /// Share and temperature of what teachers answer.
    var teaching: (share: Double, temperature: Double)?
    var testDescription: String {
      "\(layers) layers \(directions), \(pooling.rawValue), lengths \(lengths), \(loss), dropout \(dropout.rate)"
        + (teaching == nil ? "" : ", taught")
    }
  }

  static let cases: [Case] =
    Directions.allCases.flatMap { directions in
      Pooling.allCases.flatMap { pooling in
        [1, 2].flatMap { layers in
          [[1], [2, 2], [5], [3, 5, 1, 2, 5]].map {
            Case(layers: layers, directions: directions, pooling: pooling, lengths: $0)
          }
        }
      }
    } + [
      Case(
        layers: 2, pooling: .attentionMean, lengths: [2, 4, 3],
        loss: LossOptions(labelSmoothing: 0.1, classWeights: [0.5, 2, 1])),
      Case(
        layers: 3, pooling: .attention, lengths: [3, 1, 5, 4],
        dropout: Dropout(rate: 0.3, seed: 7)),
      Case(
        lengths: [2, 4, 3, 1, 2], loss: LossOptions(classWeights: [0.5, 2, 1]), teaching: (0.6, 1.5)
      ),
      // More sequences than a sub-batch holds.
      Case(layers: 1, pooling: .mean, lengths: [2, 1, 3, 2, 1, 2, 3, 3, 1]),
    ]

  @Test(arguments: cases) func gradients(_ example: Case) {
    let shape = NetworkShape(
      features: 2, hidden: 3, layers: example.layers, directions: example.directions, classes: 3,
      pooling: example.pooling)
    var network = Examples.network(shape, as: Double.self)
    var batch = Examples.randomBatch(lengths: example.lengths, features: 2, as: Double.self)
    let targets = example.lengths.indices.map { $0 % 3 }
    let learner = Learner<Double>(shape: shape, threads: 1, subBatchSize: 4)
    let teachers = example.teaching.map { teaching in
      SoftTargets(
        probabilities: targets.indices.map { softmax([Double($0), 1, 0.5]) },
        temperature: teaching.temperature, share: teaching.share)
    }
    func run(inputs: Bool = false) -> StepResult<Double> {
      learner.gradients(
        network, batch, targets: targets, loss: example.loss, teachers: teachers,
        dropout: example.dropout,
        wantsInputGradients: inputs)
    }
    // Without dropout the forward way is enough, which takes a third of the time.
    func loss() -> Double {
      if example.dropout.rate > 0 || teachers != nil { return run().loss }
      return SoftmaxCrossEntropy.meanLoss(
        Inference(network, threads: 1).logits(batch), targets: targets, example.loss)
    }
    let result = run(inputs: true)
    #expect(abs(result.loss - loss()) < 1e-14)

    for entry in network.layout.entries {
      for index in entry.range {
        let value = network.parameters[index]
        let slope = Self.slope {
          network.parameters[index] = value + $0
          return loss()
        }
        network.parameters[index] = value
        Self.expectClose(
          result.gradients[index], slope, "\(entry.role.name)[\(index - entry.range.lowerBound)]")
      }
    }
    for (sequence, numbers) in batch.sequences.enumerated() {
      for index in numbers.indices {
        let slope = Self.slope { change in
          var sequences = batch.sequences
          sequences[sequence][index] += change
          let original = batch
          batch = SequenceBatch(featureCount: 2, sequences: sequences)
          defer { batch = original }
          return loss()
        }
        Self.expectClose(
          result.inputGradients[sequence][index], slope, "input \(sequence)[\(index)]")
      }
    }
  }

  private static func slope(_ loss: (Double) -> Double) -> Double {
    (loss(step) - loss(-step)) / (2 * step)
  }

  /// Relative to the larger of the two; below 1e-3 relative to that, as differences of a loss of
  /// about 1 know no more than 1e-11.
  private static func expectClose(
    _ gradient: Double, _ slope: Double, _ place: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = abs(gradient - slope) / max(abs(gradient), abs(slope), 1e-3)
    #expect(
      error < tolerance, "\(place): \(gradient), by differences \(slope)",
      sourceLocation: sourceLocation)
  }
}

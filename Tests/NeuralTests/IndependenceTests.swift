import Testing

@testable import Neural

/// What a clip gets must not depend on the clips beside it, and the two directions are one thing read
/// two ways.
@Suite struct IndependenceTests {
  static let shape = NetworkShape(
    features: 5, hidden: 9, layers: 2, classes: 3, pooling: .attentionMean)
  static let lengths = [3, 9, 1, 4, 4, 7, 2, 9, 5, 6, 8]

  /// To the last bit, by our products.
  @Test(arguments: Pooling.allCases) func logitsDoNotDependOnTheBatch(_ pooling: Pooling) {
    var shape = Self.shape
    shape.pooling = pooling
    let network = Examples.network(shape, as: Float.self)
    let batch = Examples.randomBatch(lengths: Self.lengths, features: 5, as: Float.self)
    let inference = Inference(network, threads: 1)
    let together = inference.logits(batch)
    for (index, sequence) in batch.sequences.enumerated() {
      let alone = inference.logits(SequenceBatch(featureCount: 5, sequences: [sequence]))
      #expect(areSame(alone[0], together[index]), "sequence \(index)")
    }
  }

  /// dL/dx of a clip in a batch is that of the clip alone, divided by the size of the batch.
  @Test func gradientsDoNotDependOnTheBatch() {
    let network = Examples.network(Self.shape, as: Double.self)
    let batch = Examples.randomBatch(lengths: Self.lengths, features: 5, as: Double.self)
    let targets = Self.lengths.map { $0 % 3 }
    let learner = Learner<Double>(shape: Self.shape, threads: 1, subBatchSize: 4)
    let together = learner.gradients(network, batch, targets: targets, wantsInputGradients: true)
    var sum = Array(repeating: 0.0, count: network.layout.count)
    for (index, sequence) in batch.sequences.enumerated() {
      let alone = learner.gradients(
        network, SequenceBatch(featureCount: 5, sequences: [sequence]), targets: [targets[index]],
        wantsInputGradients: true)
      let (own, common) = (alone.inputGradients[0], together.inputGradients[index])
      #expect(own.count == sequence.count && common.count == sequence.count)
      for (mine, shared) in zip(own, common) {
        #expect(abs(mine / Double(Self.lengths.count) - shared) < 1e-14)
      }
      for parameter in sum.indices { sum[parameter] += alone.gradients[parameter] }
    }
    for (mine, shared) in zip(sum, together.gradients) {
      #expect(abs(mine / Double(Self.lengths.count) - shared) < 1e-14)
    }
  }

  /// Reversing every sequence and exchanging the directions' weights changes nothing: with one layer
  /// and the mean, only the halves of the pooled vector change places.
  @Test func reversedInputSwapsTheDirections() {
    let shape = NetworkShape(features: 5, hidden: 4, layers: 1, classes: 3, pooling: .mean)
    let network = Examples.network(shape, as: Double.self)
    var swapped = network
    for parameter in ParameterRole.LSTMParameter.allCases {
      for direction in Direction.allCases {
        swapped[.lstm(parameter, layer: 0, direction)] =
          network[.lstm(parameter, layer: 0, direction.opposite)]
      }
    }
    for row in 0..<3 {
      let start = network.layout[.output(.weight)].range.lowerBound + row * 8
      for unit in 0..<4 { swapped.parameters.swapAt(start + unit, start + 4 + unit) }
    }
    let batch = Examples.randomBatch(lengths: Self.lengths, features: 5, as: Double.self)
    let reversed = SequenceBatch(
      featureCount: 5,
      sequences: batch.sequences.map { sequence in
        stride(from: sequence.count - 5, through: 0, by: -5).flatMap { sequence[$0..<$0 + 5] }
      })
    let straight = Inference(network, threads: 1).logits(batch)
    let other = Inference(swapped, threads: 1).logits(reversed)
    #expect(straight.joined().count == 3 * Self.lengths.count)
    #expect(other.joined().count == 3 * Self.lengths.count)
    for (one, two) in zip(straight.joined(), other.joined()) { #expect(abs(one - two) < 1e-14) }
  }

  /// Memory is kept from step to step; what a longer batch left there must not show.
  @Test func whatWasComputedBeforeDoesNotShow() {
    let network = Examples.network(Self.shape, as: Float.self)
    let long = Examples.randomBatch(lengths: [20, 18, 7], features: 5, seed: 8, as: Float.self)
    let batch = Examples.randomBatch(lengths: [3, 6], features: 5, as: Float.self)
    let learner = Learner<Float>(shape: Self.shape, threads: 1)
    let first = learner.gradients(network, batch, targets: [0, 2])
    _ = learner.gradients(network, long, targets: [0, 1, 2])
    let second = learner.gradients(network, batch, targets: [0, 2])
    #expect(first.loss == second.loss)
    #expect(first.gradients == second.gradients)
  }
}

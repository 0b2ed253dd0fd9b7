import Testing

@testable import Neural

/// What is frozen is left out, and what learns gets the numbers that it got when everything was
/// computed and put back.
@Suite struct FrozenLayersTests {
  static let lengths = [3, 9, 1, 4, 4, 7, 2, 9, 5, 6, 8]

  static func shape(_ directions: Directions = .both) -> NetworkShape {
    NetworkShape(
      features: 5, hidden: 8, layers: 3, directions: directions, classes: 3,
      pooling: .attentionMean)
  }

  private func step(_ network: Network<Float>, frozenLayers: Int) -> StepResult<Float> {
    Learner<Float>(shape: network.shape, threads: 1, frozenLayers: frozenLayers, subBatchSize: 4)
      .gradients(
        network, Examples.randomBatch(lengths: Self.lengths, features: 5, as: Float.self),
        targets: Self.lengths.map { $0 % 3 }, dropout: Dropout(rate: 0.3, seed: 4),
        wantsTimeGradients: true)
  }

  @Test(.ownProducts, arguments: [0, 1, 2, 3], Directions.allCases)
  func whatLearnsGetsTheSameGradients(_ frozenLayers: Int, _ directions: Directions) {
    let network = Examples.network(Self.shape(directions), as: Float.self)
    let (all, part) = (step(network, frozenLayers: 0), step(network, frozenLayers: frozenLayers))
    #expect(part.loss == all.loss && part.logits == all.logits)
    for entry in network.layout.entries {
      let isFrozen = entry.role.layer ?? .max < frozenLayers
      #expect(all.gradients[entry.range].contains { $0 != 0 } || entry.role.layer == nil)
      #expect(
        isFrozen
          ? part.gradients[entry.range].allSatisfy { $0 == 0 }
          : part.gradients[entry.range] == all.gradients[entry.range], "\(entry.role)")
    }
    for layer in 0..<3 {
      #expect(
        layer < frozenLayers
          ? part.timeGradients[layer].forward.isEmpty
          : part.timeGradients[layer] == all.timeGradients[layer])
    }
  }

  /// The old procedure: gradients of everything, those of frozen layers set to zero, every parameter
  /// updated, frozen ones put back.
  @Test(
    .ownProducts, arguments: OptimizerOptions.Algorithm.allCases, OptimizerOptions.Decay.allCases)
  func theStepsAreThoseOfPuttingBack(
    _ algorithm: OptimizerOptions.Algorithm, _ decay: OptimizerOptions.Decay
  ) {
    var options = OptimizerOptions()
    (options.algorithm, options.decay, options.weightDecay) = (algorithm, decay, 0.1)
    var network = Examples.network(Self.shape(), as: Float.self)
    let start = network
    var other = network
    var optimizer = options.optimizer(for: network.layout, frozenLayers: 2, of: Float.self)
    var ofAll = options.optimizer(for: network.layout, of: Float.self)
    let frozen = network.layout.entries.filter { $0.role.layer ?? .max < 2 }
    for _ in 0..<3 {
      let gradients = step(network, frozenLayers: 2).gradients
      optimizer.update(&network.parameters, gradients: gradients, learningRate: 0.01)
      var allGradients = step(other, frozenLayers: 0).gradients
      for entry in frozen { for index in entry.range { allGradients[index] = 0 } }
      let norms = GradientNorms(gradients, network.layout)
      #expect(norms.total == GradientNorms(allGradients, network.layout).total)
      ofAll.update(&other.parameters, gradients: allGradients, learningRate: 0.01)
      for entry in frozen { other[entry.role] = start[entry.role] }
    }
    #expect(network.parameters == other.parameters)
    for entry in network.layout.entries where entry.role != .pooling(.bias, .attention) {
      let isKept = network[entry.role] == start[entry.role]
      #expect(isKept == (entry.role.layer ?? .max < 2), "\(entry.role)")
    }
  }
}

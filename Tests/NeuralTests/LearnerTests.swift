import Testing

@testable import Basics
@testable import Neural

@Suite struct LearnerTests {
  static let shape = NetworkShape(
    features: 5, hidden: 8, layers: 2, classes: 3, pooling: .attentionMean)

  /// Eight sequences of noise with random labels: only a network that learns gets them all.
  @Test func overfitsEightRandomSequences() {
    var generator = SeededGenerator(seed: 3)
    var network = Network<Float>(shape: Self.shape, using: &generator)
    let batch = Examples.randomBatch(
      lengths: [4, 9, 7, 9, 5, 6, 3, 8], features: 5, as: Float.self)
    let targets = [0, 1, 2, 0, 2, 1, 1, 0]
    let learner = Learner<Float>(shape: Self.shape, threads: 1)
    var optimizer = OptimizerOptions().optimizer(for: network.layout, of: Float.self)
    var loss = Double.infinity
    for _ in 0..<100 {
      let result = learner.gradients(network, batch, targets: targets)
      loss = result.loss
      optimizer.update(&network.parameters, gradients: result.gradients, learningRate: 0.02)
    }
    #expect(loss < 0.01)
    let logits = Inference(network, threads: 1).logits(batch)
    #expect(logits.map { argmax($0) } == targets)
  }

  /// The same bytes whatever the threads; 11 sequences in sub-batches of 4 leave a short sub-batch.
  @Test(arguments: [2, 4]) func threadsDoNotChangeAByte(threads: Int) {
    let network = Examples.network(Self.shape, as: Float.self)
    let lengths = [3, 9, 1, 4, 4, 7, 2, 9, 5, 6, 8]
    let batch = Examples.randomBatch(lengths: lengths, features: 5, as: Float.self)
    func run(_ threads: Int) -> StepResult<Float> {
      Learner<Float>(shape: Self.shape, threads: threads, subBatchSize: 4).gradients(
        network, batch, targets: lengths.map { $0 % 3 }, dropout: Dropout(rate: 0.2, seed: 5),
        wantsTimeGradients: true)
    }
    let one = run(1)
    let many = run(threads)
    #expect(one.loss == many.loss)
    #expect(one.gradients == many.gradients)
    #expect(one.logits == many.logits)
    #expect(one.timeGradients == many.timeGradients)
    #expect(
      Inference(network, threads: 1).logits(batch)
        == Inference(network, threads: threads).logits(batch))
  }

  /// The loss by its formula: (1 - s) times the target's plus s T^2 times the cross-entropy of the
  /// softened answers.
  @Test func teachersShareTheLoss() {
    let shape = NetworkShape(features: 2, hidden: 3, layers: 1, classes: 3, pooling: .mean)
    let network = Examples.network(shape, as: Double.self)
    let batch = Examples.randomBatch(lengths: [2, 3], features: 2, as: Double.self)
    let taught = [[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]]
    let learner = Learner<Double>(shape: shape, threads: 1)
    func loss(_ share: Double, _ targets: [Int] = [0, 2]) -> Double {
      learner.gradients(
        network, batch, targets: targets,
        teachers: SoftTargets(probabilities: taught, temperature: 3, share: share)
      ).loss
    }
    let logits = Inference(network, threads: 1).logits(batch)
    let hard = SoftmaxCrossEntropy<Double>.meanLoss(logits, targets: [0, 2])
    let soft = zip(logits, taught).map { row, goals in
      let softened: [Double] = softmax(row.map { $0 / 3 })
      return zip(goals, softened).reduce(0.0) { $0 - 9 * $1.0 * Double.logarithm($1.1) }
    }
    #expect(abs(loss(0) - hard) < 1e-12)
    #expect(abs(loss(1) - (soft[0] + soft[1]) / 2) < 1e-12)
    let mixed: Double = 0.75 * hard + 0.125 * (soft[0] + soft[1])
    #expect(abs(loss(0.25) - mixed) < 1e-12)
    // Of the second sequence the teachers think wrongly: only its target counts.
    let second = SoftmaxCrossEntropy<Double>.meanLoss([logits[1]], targets: [1])
    #expect(abs(loss(1, [0, 1]) - (soft[0] + second) / 2) < 1e-12)
  }
}

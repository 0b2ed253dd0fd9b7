import Basics

/// Computes the gradients of a batch.
///
/// The batch is cut into sub-batches of a fixed number of sequences; threads take sub-batches, each sub-batch has
/// its own gradients, and these are added in the order of the sub-batches. So a batch gives the same
/// bytes with any number of threads.
///
/// Its memory is reused from step to step; run one step at a time.
public final class Learner<Scalar: NeuralScalar> {
  /// The shape of the networks that this learner accepts.
  public let shape: NetworkShape
  /// Number of threads.
  public let threads: Int
  /// Number of sequences in a sub-batch.
  public let subBatchSize: Int
  /// Number of frozen LSTM layers, from the first on; their weights do not change.
  public let frozenLayers: Int

  private let weights: PackedWeights<Scalar>
  private var workers: [NetworkPass<Scalar>] = []
  private var subBatchGradients: [GradientBuffer<Scalar>] = []

  /// Makes a learner for networks of one shape.
  ///
  /// - Parameters:
  ///   - shape: The shape of the networks.
  ///   - threads: At least 1; changes the time, never the result.
  ///   - frozenLayers: Number of frozen LSTM layers, from the first on. The backward pass leaves
  ///     them out; their gradients are zero.
  ///   - subBatchSize: At least 1; changes the order of sums, and so the last digits of the result. By
  ///     default 16 for up to 128 hidden units, whose tape mostly fits into the cache, and 32
  ///     above, because larger weights need more rows per read.
  public init(
    shape: NetworkShape, threads: Int, frozenLayers: Int = 0, subBatchSize: Int? = nil
  ) {
    self.shape = shape
    self.threads = threads
    self.subBatchSize = subBatchSize ?? (shape.hidden > 128 ? 32 : 16)
    precondition(
      threads > 0 && self.subBatchSize > 0,
      "\(threads) threads, sub-batches of \(subBatchSize ?? 0)")
    precondition(
      (0...shape.layers).contains(frozenLayers), "\(frozenLayers) frozen of \(shape.layers) layers")
    self.frozenLayers = frozenLayers
    weights = PackedWeights(shape, firstLearning: frozenLayers)
  }

  /// Loss, logits and gradients of a batch.
  ///
  /// - Parameters:
  ///   - network: A network of this learner's shape.
  ///   - batch: At least one sequence.
  ///   - targets: The correct class of each sequence, each below C.
  ///   - loss: Smoothing and class weights.
  ///   - teachers: What teachers answer, if there are any.
  ///   - dropout: The dropout, with a different seed for each step.
  ///   - wantsInputGradients: Whether to compute dL/dx too; not possible with frozen layers.
  ///   - wantsTimeGradients: Whether to compute the norms of dL/dh over time.
  /// - Returns: The results, in the order of the batch.
  @specialized(where Scalar == Float)
  public func gradients(
    _ network: Network<Scalar>, _ batch: SequenceBatch<Scalar>, targets: [Int],
    loss: LossOptions = LossOptions(), teachers: SoftTargets<Scalar>? = nil,
    dropout: Dropout = .none,
    wantsInputGradients: Bool = false, wantsTimeGradients: Bool = false
  ) -> StepResult<Scalar> {
    check(network, batch, targets, loss)
    precondition(
      teachers?.probabilities.allSatisfy { $0.count == shape.classes } ?? true
        && teachers?.probabilities.count ?? targets.count == targets.count,
      "the teachers do not answer \(shape.classes) classes for \(targets.count) sequences")
    weights.pack(network, threads: threads)
    let subBatches = SubBatch.cut(batch, size: subBatchSize)
    let totalWeight = targets.reduce(0) { $0 + loss.weight($1) }
    prepare(subBatchCount: subBatches.count)

    let findings = Parallel.map(subBatches.count, threads: threads) { index, worker in
      let subBatch = subBatches[index]
      let pass = self.workers[worker]
      let gradients = self.subBatchGradients[index]
      gradients.clear()
      let logits = pass.forward(batch, subBatch, self.weights, dropout: dropout)
      let losses = zip(subBatch.members, logits).map { member, logits in
        let hard = SoftmaxCrossEntropy.lossAndGradient(
          logits, target: targets[member], loss, totalWeight: totalWeight)
        return teachers?.mixed(
          hard, logits, member, target: targets[member], weight: loss.weight(targets[member]),
          totalWeight: totalWeight)
          ?? hard
      }
      pass.backward(
        losses.map(\.gradient), subBatch, self.weights, dropout: dropout,
        wantsInputGradient: wantsInputGradients, gradients: gradients)
      return SubBatchFinding(
        losses: losses.map(\.loss), logits: logits,
        inputGradients: wantsInputGradients ? pass.inputGradients(subBatch) : [],
        squaredNorms: wantsTimeGradients ? pass.squaredGradientNorms(subBatch) : [])
    }
    return combine(findings, subBatches, sequenceCount: batch.sequences.count, totalWeight)
  }

  private func check(
    _ network: Network<Scalar>, _ batch: SequenceBatch<Scalar>, _ targets: [Int],
    _ loss: LossOptions
  ) {
    precondition(network.shape == shape, "a network of \(network.shape) for \(shape)")
    precondition(!batch.sequences.isEmpty, "no sequences to learn from")
    precondition(
      batch.featureCount == shape.features,
      "frames of \(batch.featureCount) numbers for a network of \(shape.features)")
    precondition(
      targets.count == batch.sequences.count,
      "\(targets.count) targets for \(batch.sequences.count) sequences")
    for target in targets {
      precondition(
        target >= 0 && target < shape.classes, "class \(target) of \(shape.classes)")
    }
    if let weights = loss.classWeights {
      precondition(
        weights.count == shape.classes, "\(weights.count) weights for \(shape.classes) classes")
    }
  }

  private func prepare(subBatchCount: Int) {
    while workers.count < min(threads, subBatchCount) {
      workers.append(NetworkPass(shape, firstLearning: frozenLayers))
    }
    while subBatchGradients.count < subBatchCount {
      subBatchGradients.append(GradientBuffer(shape))
    }
  }

  private func combine(
    _ findings: [SubBatchFinding<Scalar>], _ subBatches: [SubBatch], sequenceCount: Int,
    _ totalWeight: Double
  ) -> StepResult<Scalar> {
    var losses = Array(repeating: 0.0, count: sequenceCount)
    var logits = Array(repeating: [Scalar](), count: sequenceCount)
    var inputGradients = Array(
      repeating: [Scalar](), count: findings[0].inputGradients.isEmpty ? 0 : sequenceCount)
    for (finding, subBatch) in zip(findings, subBatches) {
      for (row, member) in subBatch.members.enumerated() {
        losses[member] = finding.losses[row]
        logits[member] = finding.logits[row]
        if !inputGradients.isEmpty { inputGradients[member] = finding.inputGradients[row] }
      }
    }
    return StepResult(
      loss: losses.reduce(0, +) / totalWeight, logits: logits,
      gradients: GradientBuffer.sum(
        Array(subBatchGradients[..<subBatches.count]), threads: threads),
      inputGradients: inputGradients, timeGradients: timeGradients(findings))
  }

  /// Combines the sub-batches' squared norms into norms over the whole batch.
  private func timeGradients(_ findings: [SubBatchFinding<Scalar>]) -> [TimeGradient] {
    guard !findings[0].squaredNorms.isEmpty else { return [] }
    return (0..<shape.layers).map { layer in
      func norms(_ direction: Direction) -> [Double] {
        // Frozen layers have no norms.
        let subBatches = findings.map { $0.squaredNorms[layer] }.filter { !$0.isEmpty }
          .map { $0[direction.rawValue] }
        let length = subBatches.map(\.count).max() ?? 0
        return (0..<length).map { t in
          subBatches.reduce(0) { $0 + (t < $1.count ? $1[t] : 0) }.squareRoot()
        }
      }
      return TimeGradient(
        forward: norms(.forward), reverse: shape.directions == .both ? norms(.reverse) : nil)
    }
  }
}

/// The results of one sub-batch besides its gradients, in the sub-batch's order.
private struct SubBatchFinding<Scalar: NeuralScalar>: Sendable {
  let losses: [Double]
  let logits: [[Scalar]]
  let inputGradients: [[Scalar]]
  /// For each layer and direction, by reading step.
  let squaredNorms: [[[Double]]]
}

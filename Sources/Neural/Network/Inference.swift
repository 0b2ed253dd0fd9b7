import Basics
import Synchronization

/// Classifies sequences with the forward pass only; the weights are packed once.
///
/// A matrix that the network holds in 8 bits stays in 8 bits: products with it are of whole numbers.
///
/// Several threads may call it at the same time: the packed weights never change, and the memory of
/// a pass is used by one thread at a time.
public final class Inference<Scalar: NeuralScalar>: @unchecked Sendable {
  /// A pass that no thread uses; the thread that takes it from the list owns it.
  private struct Idle: @unchecked Sendable { var pass: NetworkPass<Scalar> }

  /// The network.
  public let network: Network<Scalar>
  /// Number of threads, unless a call gives another.
  public let threads: Int

  let weights: PackedWeights<Scalar>
  private let idle = Mutex<[Idle]>([])
  private static var subBatchSize: Int { 32 }

  /// Packs the weights of `network`.
  ///
  /// - Parameters:
  ///   - network: The network to run.
  ///   - threads: At least 1; changes the time, never the result.
  @specialized(where Scalar == Float)
  public init(_ network: Network<Scalar>, threads: Int) {
    precondition(threads > 0, "\(threads) threads")
    self.network = network
    self.threads = threads
    weights = PackedWeights(
      network.shape, firstLearning: nil, int8: Set(network.rowScales.keys))
    weights.pack(network, threads: threads)
  }

  /// Logits (C) of each sequence, in the caller's order.
  @specialized(where Scalar == Float)
  public func logits(_ batch: SequenceBatch<Scalar>, threads: Int? = nil) -> [[Scalar]] {
    precondition(
      batch.featureCount == network.shape.features,
      "frames of \(batch.featureCount) numbers for a network of \(network.shape.features)")
    let subBatches = SubBatch.cut(batch, size: Self.subBatchSize)
    let found = Parallel.map(subBatches.count, threads: threads ?? self.threads) { index, _ in
      self.lend { $0.forward(batch, subBatches[index], self.weights, dropout: .none) }
    }
    var logits = Array(repeating: [Scalar](), count: batch.sequences.count)
    for (subBatch, rows) in zip(subBatches, found) {
      for (member, row) in zip(subBatch.members, rows) { logits[member] = row }
    }
    return logits
  }

  /// Calls `body` with a pass that no other thread uses.
  func lend<Result>(_ body: (NetworkPass<Scalar>) -> Result) -> Result {
    let lent =
      idle.withLock { $0.popLast() }
      ?? Idle(pass: NetworkPass(network.shape, firstLearning: nil))
    defer { idle.withLock { $0.append(lent) } }
    return body(lent.pass)
  }
}

import Basics

/// Classifies sequences: the forward way only, weights packed once.
///
/// Keeps its memory from call to call; one call at a time.
public final class Inference<Scalar: NeuralScalar> {
  /// The network at work.
  public let network: Network<Scalar>
  /// Threads at work.
  public let threads: Int

  let weights: PackedWeights<Scalar>
  private var workers: [NetworkPass<Scalar>] = []
  private static var shardSize: Int { 32 }

  /// Packs the weights of `network`.
  ///
  /// - Parameters:
  ///   - network: Any.
  ///   - threads: At least 1; changes the time, never the result.
  @specialized(where Scalar == Float)
  public init(_ network: Network<Scalar>, threads: Int) {
    precondition(threads > 0, "\(threads) threads")
    self.network = network
    self.threads = threads
    weights = PackedWeights(network.shape, firstLearning: nil)
    weights.pack(network, threads: threads)
  }

  /// Logits (C) of each sequence, in the caller's order.
  @specialized(where Scalar == Float)
  public func logits(_ batch: SequenceBatch<Scalar>) -> [[Scalar]] {
    precondition(
      batch.featureCount == network.shape.features,
      "frames of \(batch.featureCount) numbers for a network of \(network.shape.features)")
    let shards = Shard.cut(batch, size: Self.shardSize)
    makePasses(min(threads, shards.count))
    let found = Parallel.map(shards.count, threads: threads) { index, worker in
      self.workers[worker].forward(batch, shards[index], self.weights, dropout: .none)
    }
    var logits = Array(repeating: [Scalar](), count: batch.sequences.count)
    for (shard, rows) in zip(shards, found) {
      for (member, row) in zip(shard.members, rows) { logits[member] = row }
    }
    return logits
  }

  /// The memory of one worker.
  func pass(_ worker: Int) -> NetworkPass<Scalar> {
    makePasses(worker + 1)
    return workers[worker]
  }

  private func makePasses(_ count: Int) {
    while workers.count < count {
      workers.append(NetworkPass(network.shape, firstLearning: nil))
    }
  }
}

import Basics
import Synchronization

/// Classifies sequences: the forward way only, weights packed once.
///
/// Any number of threads may call it at a time. Safe to share: the weights are packed before anyone
/// can read them and never change, and a pass's memory is lent to one thread at a time.
public final class Inference<Scalar: NeuralScalar>: @unchecked Sendable {
  /// A pass on its way between threads; only the one that has it touches it.
  private struct Idle: @unchecked Sendable { var pass: NetworkPass<Scalar> }

  /// The network at work.
  public let network: Network<Scalar>
  /// Threads at work, unless a call says otherwise.
  public let threads: Int

  let weights: PackedWeights<Scalar>
  private let idle = Mutex<[Idle]>([])
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
  public func logits(_ batch: SequenceBatch<Scalar>, threads: Int? = nil) -> [[Scalar]] {
    precondition(
      batch.featureCount == network.shape.features,
      "frames of \(batch.featureCount) numbers for a network of \(network.shape.features)")
    let shards = Shard.cut(batch, size: Self.shardSize)
    let found = Parallel.map(shards.count, threads: threads ?? self.threads) { index, _ in
      self.lend { $0.forward(batch, shards[index], self.weights, dropout: .none) }
    }
    var logits = Array(repeating: [Scalar](), count: batch.sequences.count)
    for (shard, rows) in zip(shards, found) {
      for (member, row) in zip(shard.members, rows) { logits[member] = row }
    }
    return logits
  }

  /// Gives `body` a pass's memory that nobody else has.
  func lend<Result>(_ body: (NetworkPass<Scalar>) -> Result) -> Result {
    let lent =
      idle.withLock { $0.popLast() }
      ?? Idle(pass: NetworkPass(network.shape, firstLearning: nil))
    defer { idle.withLock { $0.append(lent) } }
    return body(lent.pass)
  }
}

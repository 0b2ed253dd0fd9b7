/// Sequences of frames to train on or to classify together, in any order and of any lengths.
public struct SequenceBatch<Scalar: NeuralScalar>: Sendable {
  /// Number of features in a frame (F).
  public let featureCount: Int
  /// The sequences, each (T, F) row-major.
  public let sequences: [[Scalar]]

  /// A batch of sequences, each (T, F) row-major with at least one frame.
  public init(featureCount: Int, sequences: [[Scalar]]) {
    precondition(featureCount > 0, "frames of \(featureCount) numbers")
    for (index, sequence) in sequences.enumerated() {
      precondition(
        !sequence.isEmpty && sequence.count % featureCount == 0,
        "sequence \(index) of \(sequence.count) numbers, not whole frames of \(featureCount)")
    }
    self.featureCount = featureCount
    self.sequences = sequences
  }

  /// Number of frames of sequence `index` (T).
  public func length(_ index: Int) -> Int { sequences[index].count / featureCount }
}

/// Some of a batch's sequences, longest first, so that the sequences that have a frame t are its
/// first rows.
struct Shard {
  /// Indices in the batch, from the longest sequence to the shortest.
  let members: [Int]
  /// Number of frames of each member.
  let lengths: [Int]
  /// Number of members that have a frame t, for each t.
  let active: [Int]

  /// Number of rows of a frame: one per member.
  var rows: Int { members.count }
  /// Number of frames of the longest member.
  var frameCount: Int { active.count }

  init(members: [Int], lengths: [Int]) {
    self.members = members
    self.lengths = lengths
    var active = Array(repeating: 0, count: lengths.first ?? 0)
    for length in lengths {
      for t in 0..<length { active[t] += 1 }
    }
    self.active = active
  }

  /// Cuts a batch into shards of `size` sequences.
  ///
  /// The cut depends only on the lengths, not on threads. Sequences of similar length share a
  /// shard, so there is little padding.
  static func cut<Scalar>(_ batch: SequenceBatch<Scalar>, size: Int) -> [Shard] {
    let order = batch.sequences.indices.sorted {
      (batch.length($1), $0) < (batch.length($0), $1)
    }
    return stride(from: 0, to: order.count, by: size).map { start in
      let members = Array(order[start..<min(start + size, order.count)])
      return Shard(members: members, lengths: members.map { batch.length($0) })
    }
  }

  /// Copies the members' frames to (T, B, F), with zeros after the end of each sequence.
  func load<Scalar>(_ batch: SequenceBatch<Scalar>, into input: Frames<Scalar>) {
    input.reshape(frameCount: frameCount, rows: rows)
    for t in 0..<frameCount {
      input[t].clear(from: active[t])
    }
    for (row, member) in members.enumerated() {
      batch.sequences[member].withUnsafeBufferPointer { numbers in
        for t in 0..<lengths[row] {
          input[t].setRow(
            row, UnsafeBufferPointer(rebasing: numbers[t * input.columns..<(t + 1) * input.columns])
          )
        }
      }
    }
  }
}

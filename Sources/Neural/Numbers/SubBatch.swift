/// Some of a batch's sequences, longest first, so that the sequences that have a frame t are its
/// first rows.
struct SubBatch {
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

  /// Cuts a batch into sub-batches of `size` sequences.
  ///
  /// The cut depends only on the lengths, not on threads. Sequences of similar length share a
  /// sub-batch, so there is little padding.
  static func cut<Scalar>(_ batch: SequenceBatch<Scalar>, size: Int) -> [SubBatch] {
    let order = batch.sequences.indices.sorted {
      (batch.length($1), $0) < (batch.length($0), $1)
    }
    return stride(from: 0, to: order.count, by: size).map { start in
      let members = Array(order[start..<min(start + size, order.count)])
      return SubBatch(members: members, lengths: members.map { batch.length($0) })
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

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

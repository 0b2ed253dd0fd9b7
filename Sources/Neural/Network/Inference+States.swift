extension Inference {
  /// The states before the first frame, one per layer.
  public var startStates: [LSTMState<Scalar>] {
    Array(repeating: .zero(hidden: network.shape.hidden), count: network.shape.layers)
  }

  /// The top layer's hidden states for the next frames of a sequence that comes in pieces.
  ///
  /// The result is the same to the last bit for any division into pieces.
  ///
  /// - Parameters:
  ///   - frames: (T, F) row-major, at least one frame.
  ///   - states: In: `startStates`, or the states from the previous call, one per layer. Out: the
  ///     states after these frames.
  /// - Returns: (T, H) row-major.
  /// - Precondition: The network reads forward only.
  @specialized(where Scalar == Float)
  public func hiddenStates(
    _ frames: [Scalar], continuing states: inout [LSTMState<Scalar>]
  ) -> [Scalar] {
    precondition(
      network.shape.directions == .forward, "frames in pieces for a network that reads both ways")
    precondition(
      states.count == network.shape.layers,
      "\(states.count) states for \(network.shape.layers) layers")
    let batch = SequenceBatch(featureCount: network.shape.features, sequences: [frames])
    let subBatch = SubBatch(members: [0], lengths: [batch.length(0)])
    let before = states
    let (top, end) = lend { $0.states(batch, subBatch, weights, from: before) }
    states = end
    return top
  }
}

extension Inference {
  /// The states before the first frame, one for each layer.
  public var startStates: [LSTMState<Scalar>] {
    Array(repeating: .zero(hidden: network.shape.hidden), count: network.shape.layers)
  }

  /// The top layer's hidden states of the next frames of a sequence that comes in pieces.
  ///
  /// A forward-only network gives the same numbers, to the last bit, however the frames are cut.
  ///
  /// - Parameters:
  ///   - frames: (T, F) row-major, at least one frame.
  ///   - states: One for each layer: `startStates`, then what the call before left. Out: the states
  ///     after these frames.
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
    let shard = Shard(members: [0], lengths: [batch.length(0)])
    let before = states
    let (top, end) = lend { $0.states(batch, shard, weights, from: before) }
    states = end
    return top
  }
}

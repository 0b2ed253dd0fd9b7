/// The forward and the backward pass of one sub-batch through the network, with the tape for the
/// backward pass.
final class NetworkPass<Scalar: NeuralScalar> {
  private let shape: NetworkShape
  /// The lowest layer of the backward pass; nil keeps no tape, for inference.
  private let firstLearning: Int?
  private let kernels = Scalar.kernels
  /// (T, B, F).
  private let input: Frames<Scalar>
  /// (T, B, F), dL/dx, if requested.
  private let inputGradient: Frames<Scalar>
  private let layers: [LSTMLayer<Scalar>]
  /// (T, B, DH): outputs of all layers but the last, after dropout.
  private let dropped: [Frames<Scalar>]
  private let pooling: PoolingParts<Scalar>
  private let dense = Dense<Scalar>()
  /// (B, P): before dropout and after.
  private let pooled: Frames<Scalar>
  private let droppedPooled: Frames<Scalar>
  private let pooledGradient: Frames<Scalar>
  /// (B, C).
  private let logits: Frames<Scalar>
  private let logitsGradient: Frames<Scalar>

  /// A pass for networks of this shape; `firstLearning` as for `PackedWeights`.
  init(_ shape: NetworkShape, firstLearning: Int?) {
    self.shape = shape
    self.firstLearning = firstLearning
    input = Frames(columns: shape.features)
    inputGradient = Frames(columns: shape.features)
    layers = (0..<shape.layers).map { _ in LSTMLayer(shape) }
    dropped = (1..<max(shape.layers, 1)).map { _ in Frames(columns: shape.states) }
    pooling = PoolingParts(shape)
    pooled = Frames(columns: shape.pooled)
    droppedPooled = Frames(columns: shape.pooled)
    pooledGradient = Frames(columns: shape.pooled)
    logits = Frames(columns: shape.classes)
    logitsGradient = Frames(columns: shape.classes)
  }

  /// The forward pass: logits (C) of each member of the sub-batch, in the sub-batch's order.
  func forward(
    _ batch: SequenceBatch<Scalar>, _ subBatch: SubBatch, _ weights: PackedWeights<Scalar>,
    dropout: Dropout
  ) -> [[Scalar]] {
    subBatch.load(batch, into: input)
    for (index, layer) in layers.enumerated() {
      let input = self.input(ofLayer: index, dropout)
      if let firstLearning, index >= firstLearning {
        layer.forward(input, weights.lstm[index], subBatch)
      } else {
        layer.infer(input, weights.lstm[index], subBatch)
      }
      if index < dropped.count && dropout.rate > 0 {
        dropped[index].copy(layer.output)
        dropout.apply(to: dropped[index], subBatch, layer: index, kernels)
      }
    }
    for matrix in [pooled, droppedPooled, pooledGradient, logits, logitsGradient] {
      matrix.reshape(frameCount: 1, rows: subBatch.rows)
      matrix[0].clear()
    }
    pooling.forward(top.output, weights, subBatch, pooled: pooled[0])
    droppedPooled.copy(pooled)
    dropPooled(droppedPooled, subBatch, dropout)
    dense.forward(droppedPooled[0], weights.output, logits: logits[0])
    return subBatch.members.indices.map { logits[0].row($0) }
  }

  /// The backward pass, after `forward` with the same sub-batch, weights and dropout.
  ///
  /// Starts from dL/dlogits (C) of each member, in the sub-batch's order; adds to `gradients`.
  func backward(
    _ logitsGradients: [[Scalar]], _ subBatch: SubBatch, _ weights: PackedWeights<Scalar>,
    dropout: Dropout, wantsInputGradient: Bool, gradients: GradientBuffer<Scalar>
  ) {
    guard let firstLearning else { preconditionFailure("no tape to go back along") }
    precondition(
      firstLearning == 0 || !wantsInputGradient, "gradients end above \(firstLearning) layers")
    for (row, gradient) in logitsGradients.enumerated() {
      gradient.withUnsafeBufferPointer { logitsGradient[0].setRow(row, $0) }
    }
    dense.backward(
      logitsGradient[0], pooled: droppedPooled[0], weights.output,
      pooledGradient: pooledGradient[0], gradients: gradients.output)
    dropPooled(pooledGradient, subBatch, dropout)
    let learning = layers.indices.dropFirst(firstLearning)
    for index in learning { layers[index].clearOutputGradient(subBatch) }
    // Even if all LSTM layers are frozen, the pooling has parameters to learn.
    if learning.isEmpty { top.clearOutputGradient(subBatch) }
    pooling.backward(
      pooledGradient[0], pooled: pooled[0], states: top.output, weights, subBatch,
      stateGradients: top.outputGradient, gradients: gradients)
    if wantsInputGradient {
      inputGradient.reshape(frameCount: subBatch.frameCount, rows: subBatch.rows)
      inputGradient.stacked().clear()
    }
    for index in learning.reversed() {
      let below =
        index > firstLearning
        ? layers[index - 1].outputGradient : wantsInputGradient ? inputGradient : nil
      layers[index].backward(
        self.input(ofLayer: index, dropout), weights.lstm[index], subBatch, inputGradient: below,
        gradients: gradients.lstm[index])
      // forward: the layer above read the output of this one after dropout
      if index > firstLearning {
        dropout.apply(to: layers[index - 1].outputGradient, subBatch, layer: index - 1, kernels)
      }
    }
  }

  /// The top layer's states (T, DH) for one sequence whose layers start from `start`, and the
  /// states after its last frame.
  func states(
    _ batch: SequenceBatch<Scalar>, _ subBatch: SubBatch, _ weights: PackedWeights<Scalar>,
    from start: [LSTMState<Scalar>]
  ) -> (top: [Scalar], end: [LSTMState<Scalar>]) {
    subBatch.load(batch, into: input)
    for (index, layer) in layers.enumerated() {
      layer.infer(
        input(ofLayer: index, .none), weights.lstm[index], subBatch, from: [start[index]])
    }
    return (
      (0..<subBatch.frameCount).flatMap { top.output[$0].row(0) },
      layers.map { $0.states(subBatch)[0][0] }
    )
  }

  /// dL/dx of each member, (T, F) row-major, in the sub-batch's order; after a `backward` that computed
  /// it.
  func inputGradients(_ subBatch: SubBatch) -> [[Scalar]] {
    subBatch.lengths.enumerated().map { row, length in
      (0..<length).flatMap { inputGradient[$0].row(row) }
    }
  }

  /// `LSTMLayer.squaredGradientNorms` of each layer; empty for frozen layers.
  func squaredGradientNorms(_ subBatch: SubBatch) -> [[[Double]]] {
    layers.enumerated().map { index, layer in
      index < firstLearning ?? .max ? [] : layer.squaredGradientNorms(subBatch)
    }
  }

  private var top: LSTMLayer<Scalar> { layers[layers.count - 1] }

  private func input(ofLayer layer: Int, _ dropout: Dropout) -> Frames<Scalar> {
    if layer == 0 { return input }
    return dropout.rate > 0 ? dropped[layer - 1] : layers[layer - 1].output
  }

  /// Dropout between pooling and the output layer; for the random draws it counts as one more layer
  /// with one frame.
  private func dropPooled(_ numbers: Frames<Scalar>, _ subBatch: SubBatch, _ dropout: Dropout) {
    guard dropout.rate > 0 else { return }
    for (row, member) in subBatch.members.enumerated() {
      dropout.apply(
        to: numbers[0], row: row, sequence: member, layer: shape.layers, t: 0, kernels)
    }
  }
}

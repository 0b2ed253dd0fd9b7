/// One shard on its way through the network and back; remembers what the way back needs.
final class NetworkPass<Scalar: NeuralScalar> {
  private let shape: NetworkShape
  private let keepsTape: Bool
  /// (T, B, F).
  private let input: Frames<Scalar>
  /// (T, B, F), dL/dx, where asked for.
  private let inputGradient: Frames<Scalar>
  private let layers: [BidirectionalLSTM<Scalar>]
  /// (T, B, 2H): outputs of all layers but the last, after dropout.
  private let dropped: [Frames<Scalar>]
  private let pooling: PoolingLayer<Scalar>
  /// (B, P): before dropout and after.
  private let pooled: Frames<Scalar>
  private let droppedPooled: Frames<Scalar>
  private let pooledGradient: Frames<Scalar>
  /// (B, C).
  private let logits: Frames<Scalar>
  private let logitsGradient: Frames<Scalar>

  /// A pass for networks of that shape; without a tape there is no way back.
  init(_ shape: NetworkShape, keepsTape: Bool) {
    self.shape = shape
    self.keepsTape = keepsTape
    input = Frames(columns: shape.features)
    inputGradient = Frames(columns: shape.features)
    layers = (0..<shape.layers).map { BidirectionalLSTM(shape, layer: $0) }
    dropped = (1..<max(shape.layers, 1)).map { _ in Frames(columns: 2 * shape.hidden) }
    pooling = PoolingLayer(shape)
    pooled = Frames(columns: shape.pooled)
    droppedPooled = Frames(columns: shape.pooled)
    pooledGradient = Frames(columns: shape.pooled)
    logits = Frames(columns: shape.classes)
    logitsGradient = Frames(columns: shape.classes)
  }

  /// Logits (C) of each member of the shard, in the shard's order.
  func forward(
    _ batch: SequenceBatch<Scalar>, _ shard: Shard, _ weights: PackedWeights<Scalar>,
    dropout: Dropout
  ) -> [[Scalar]] {
    shard.load(batch, into: input)
    for (index, layer) in layers.enumerated() {
      layer.forward(
        self.input(ofLayer: index, dropout), weights, shard, keepsTape: keepsTape)
      if index < dropped.count && dropout.rate > 0 {
        dropped[index].copy(layer.output)
        dropout.apply(to: dropped[index], shard, layer: index)
      }
    }
    for matrix in [pooled, droppedPooled, pooledGradient, logits, logitsGradient] {
      matrix.reshape(frameCount: 1, rows: shard.rows)
      matrix[0].clear()
    }
    pooling.forward(top.output, weights, shard, pooled: pooled[0])
    droppedPooled.copy(pooled)
    dropPooled(droppedPooled, shard, dropout)
    Dense.forward(droppedPooled[0], weights, logits: logits[0])
    return shard.members.indices.map { logits[0].row($0) }
  }

  /// Goes back from dL/dlogits of each member (C), in the shard's order, after `forward` with the
  /// same shard, weights and dropout; adds to `gradients`.
  func backward(
    _ logitsGradients: [[Scalar]], _ shard: Shard, _ weights: PackedWeights<Scalar>,
    dropout: Dropout, wantsInputGradient: Bool, gradients: GradientBuffer<Scalar>
  ) {
    precondition(keepsTape, "no tape to go back along")
    for (row, gradient) in logitsGradients.enumerated() {
      gradient.withUnsafeBufferPointer { logitsGradient[0].setRow(row, $0) }
    }
    Dense.backward(
      logitsGradient[0], pooled: droppedPooled[0], weights, pooledGradient: pooledGradient[0],
      gradients: gradients)
    dropPooled(pooledGradient, shard, dropout)
    for layer in layers { layer.clearOutputGradient(shard) }
    pooling.backward(
      pooledGradient[0], pooled: pooled[0], output: top.output, weights, shard,
      outputGradient: top.outputGradient, gradients: gradients)
    if wantsInputGradient {
      inputGradient.reshape(frameCount: shard.frameCount, rows: shard.rows)
      inputGradient.stacked().clear()
    }
    for index in layers.indices.reversed() {
      let below =
        index > 0 ? layers[index - 1].outputGradient : (wantsInputGradient ? inputGradient : nil)
      layers[index].backward(
        self.input(ofLayer: index, dropout), weights, shard, inputGradient: below,
        gradients: gradients)
      // forward: the layer above read the output of this one after dropout
      if index > 0 {
        dropout.apply(to: layers[index - 1].outputGradient, shard, layer: index - 1)
      }
    }
  }

  /// dL/dx of each member, (T, F) row-major, in the shard's order; after a `backward` that wanted it.
  func inputGradients(_ shard: Shard) -> [[Scalar]] {
    shard.lengths.enumerated().map { row, length in
      (0..<length).flatMap { inputGradient[$0].row(row) }
    }
  }

  /// `BidirectionalLSTM.squaredGradientNorms` of each layer.
  func squaredGradientNorms(_ shard: Shard) -> [[[Double]]] {
    layers.map { $0.squaredGradientNorms(shard) }
  }

  private var top: BidirectionalLSTM<Scalar> { layers[layers.count - 1] }

  private func input(ofLayer layer: Int, _ dropout: Dropout) -> Frames<Scalar> {
    if layer == 0 { return input }
    return dropout.rate > 0 ? dropped[layer - 1] : layers[layer - 1].output
  }

  /// Dropout between pooling and the output layer; it counts as one more layer of one frame.
  private func dropPooled(_ numbers: Frames<Scalar>, _ shard: Shard, _ dropout: Dropout) {
    guard dropout.rate > 0 else { return }
    for (row, member) in shard.members.enumerated() {
      dropout.apply(to: numbers[0], row: row, sequence: member, layer: shape.layers, t: 0)
    }
  }
}

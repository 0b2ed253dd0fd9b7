import Basics

extension PackedWeights {
  /// Packs the parameters of `network`, which must have the shape given to `init`.
  func pack(_ network: Network<Scalar>, threads: Int) {
    precondition(network.shape == shape, "weights of \(network.shape) packed as \(shape)")
    let directions = shape.directions.all
    _ = Parallel.map(directions.count * lstm.count, threads: threads) { index, _ in
      pack(
        network, layer: index / directions.count, directions[index % directions.count])
    }
    for (part, own) in pooling {
      network.withMatrix(.pooling(.weight, part)) { own.weight.view.copy($0) }
      network.withMatrix(.pooling(.bias, part)) { own.bias.view.copy($0) }
    }
    network.withMatrix(.output(.weight)) {
      output.forward.pack(transposing: $0)
      output.backward?.pack($0)
    }
    network.withMatrix(.output(.bias)) { output.bias.view.copy($0) }
  }

  private func pack(_ network: Network<Scalar>, layer: Int, _ direction: Direction) {
    let weights = lstm[layer][direction.rawValue]
    let input = ParameterRole.lstm(.inputWeights, layer: layer, direction)
    network.withMatrix(input) {
      weights.inputForward.pack(transposing: $0, scales: network.rowScales[input])
      weights.inputBackward?.pack($0)
    }
    let recurrent = ParameterRole.lstm(.recurrentWeights, layer: layer, direction)
    network.withMatrix(recurrent) {
      weights.recurrentForward.pack(transposing: $0, scales: network.rowScales[recurrent])
      weights.recurrentBackward?.pack($0)
    }
    network.withMatrix(.lstm(.inputBias, layer: layer, direction)) { bias in
      network.withMatrix(.lstm(.recurrentBias, layer: layer, direction)) { otherBias in
        for gate in 0..<bias.columns {
          weights.bias.view[0, gate] = bias[0, gate] + otherBias[0, gate]
        }
      }
    }
  }
}

import Neural
import Recognition
import Sound

extension ONNXGraph {
  /// (batch, frames, F) features after (x - mean) / deviation.
  mutating func normalized(_ features: Value, _ normalization: FeatureNormalization) -> Value {
    let count = normalization.mean.count
    let mean = constant(ONNXTensor(normalization.mean, shape: [count]), as: "mean")
    // A product, as the recogniser has it.
    let scale = constant(
      ONNXTensor(normalization.deviation.map { 1 / $0 }, shape: [count]), as: "scale")
    let centred = node("Sub", [features, mean], as: "centred")
    return node("Mul", [centred, scale], as: "normalized")
  }

  /// (batch, frames, F) to (batch, C): the posteriors.
  mutating func network(
    _ features: Value, _ network: Network<Float>, _ scale: PosteriorScale,
    _ weights: ExportedWeights
  ) -> Value {
    // The LSTM operator reads (frames, batch, F); onnxruntime refuses its other layout.
    var states = node(
      "Transpose", [features], as: "frames_first", [("perm", .integers([1, 0, 2]))])
    var last = ""
    for layer in 0..<network.shape.layers {
      (states, last) = lstm(states, network, layer: layer, weights)
    }
    let pooled = pooled(states, last: last, network)
    let (classes, columns) = (network.shape.classes, network.shape.pooled)
    let weight = constant(
      ONNXTensor(network[.output(.weight)], shape: [classes, columns]), as: "output.weight")
    let bias = constant(ONNXTensor(network[.output(.bias)], shape: [classes]), as: "output.bias")
    let logits = node("Gemm", [pooled, weight, bias], as: "logits", [("transB", .integer(1))])
    let divisor = constant(scale.temperature, as: "temperature")
    var scaled = node("Div", [logits, divisor], as: "tempered")
    if let offsets = scale.offsets {
      let prior = constant(ONNXTensor(offsets, shape: [classes]), as: "prior")
      scaled = node("Add", [scaled, prior], as: "shifted")
    }
    return node("Softmax", [scaled], as: "posteriors", [("axis", .integer(-1))])
  }

  /// One layer: (frames, batch, inputs) to the states (frames, batch, DH) and the last of each
  /// direction (batch, DH).
  private mutating func lstm(
    _ input: Value, _ network: Network<Float>, layer: Int, _ weights: ExportedWeights
  ) -> (states: Value, last: Value) {
    let shape = network.shape
    let (hidden, inputs) = (shape.hidden, shape.inputs(ofLayer: layer))
    let directions = shape.directions.all
    func values(_ parameter: ParameterRole.LSTMParameter, _ direction: Direction) -> [Float] {
      Self.reordered(network[.lstm(parameter, layer: layer, direction)])
    }
    let name = "lstm\(layer)"
    func matrix(_ parameter: ParameterRole.LSTMParameter, columns: Int, as name: String) -> Value {
      self.matrix(
        directions.flatMap { values(parameter, $0) }, [directions.count, 4 * hidden, columns],
        weights, as: name)
    }
    let inputWeights = matrix(.inputWeights, columns: inputs, as: name + ".W")
    let recurrentWeights = matrix(.recurrentWeights, columns: hidden, as: name + ".R")
    let biases = constant(
      ONNXTensor(
        directions.flatMap { values(.inputBias, $0) + values(.recurrentBias, $0) },
        shape: [directions.count, 8 * hidden]), as: name + ".B")
    nodes(
      "LSTM", [input, inputWeights, recurrentWeights, biases],
      as: [name + ".Y", name + ".Y_h"],
      [
        ("hidden_size", .integer(hidden)),
        ("direction", .text(directions.count == 1 ? "forward" : "bidirectional")),
      ])
    // (frames, D, batch, H), (D, batch, H): the directions go side by side.
    let beside = node(
      "Transpose", [name + ".Y"], as: name + ".beside", [("perm", .integers([0, 2, 1, 3]))])
    let rows = constant([0, 0, -1], as: name + ".rows")
    let states = node("Reshape", [beside, rows], as: name + ".states")
    guard shape.pooling == .last, layer == shape.layers - 1 else { return (states, "") }
    let ends = node(
      "Transpose", [name + ".Y_h"], as: name + ".ends", [("perm", .integers([1, 0, 2]))])
    let row = constant([0, -1], as: name + ".row")
    return (states, node("Reshape", [ends, row], as: name + ".last"))
  }

  /// A tensor of weights; in 8 bits, with a scale for each row, as an operator that restores it.
  private mutating func matrix(
    _ values: [Float], _ shape: [Int], _ weights: ExportedWeights, as name: Value
  ) -> Value {
    guard weights == .int8 else { return constant(ONNXTensor(values, shape: shape), as: name) }
    let rows = values.count / shape.last!
    let rounded = QuantizedRows(values[...], rows: rows)
    let bytes = constant(
      ONNXTensor(rounded.values, shape: [rows, shape.last!]), as: name + ".int8")
    let scales = constant(ONNXTensor(rounded.scales, shape: [rows]), as: name + ".scales")
    let restored = node(
      "DequantizeLinear", [bytes, scales], as: name + ".restored", [("axis", .integer(0))])
    return node("Reshape", [restored, constant(shape, as: name + ".shape")], as: name)
  }

  /// The states (frames, batch, DH) as one vector a sequence, (batch, P).
  private mutating func pooled(
    _ states: Value, last: Value, _ network: Network<Float>
  ) -> Value {
    switch network.shape.pooling {
    case .last: return last
    case .mean: return mean(states)
    case .attention: return attention(states, network)
    case .attentionMean:
      let parts = [attention(states, network), mean(states)]
      return node("Concat", parts, as: "pooled", [("axis", .integer(1))])
    }
  }

  private mutating func mean(_ states: Value) -> Value {
    let mean = mean(states, over: 0, as: "mean_pooling.kept")
    let axis = constant([0], as: "mean_pooling.axis")
    return node("Squeeze", [mean, axis], as: "mean_pooling")
  }

  /// The scores' bias is left out: the softmax forgets it.
  private mutating func attention(_ states: Value, _ network: Network<Float>) -> Value {
    let weight = constant(
      ONNXTensor(network[.pooling(.weight, .attention)], shape: [network.shape.states, 1]),
      as: "attention.weight")
    let scores = node("MatMul", [states, weight], as: "attention.scores")
    let shares = node("Softmax", [scores], as: "attention.shares", [("axis", .integer(0))])
    let weighted = node("Mul", [states, shares], as: "attention.weighted")
    return sum(weighted, over: [0], keeps: false, as: "attention")
  }

  /// From the gates' order in PyTorch and here (input, forget, candidate, output) to that of ONNX
  /// (input, output, forget, candidate).
  static func reordered(_ values: ArraySlice<Float>) -> [Float] {
    let size = values.count / 4
    return [0, 3, 1, 2].flatMap { gate in
      values[(values.startIndex + gate * size)..<(values.startIndex + (gate + 1) * size)]
    }
  }
}

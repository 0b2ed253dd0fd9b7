import Testing

@testable import Basics
@testable import Neural

/// Networks with matrices in 8 bits.
@Suite struct Int8InferenceTests {
  /// The network with the matrices of its LSTM layers in 8 bits.
  private func int8(_ shape: NetworkShape) -> Network<Float> {
    let network = Examples.network(shape, as: Float.self)
    var scales: [ParameterRole: [Float]] = [:]
    for entry in network.layout.entries where entry.role.isRounded {
      scales[entry.role] = network.quantized(entry).scales
    }
    return Network(
      shape: shape, parameters: network.withRoundedWeights.parameters, rowScales: scales)
  }

  /// One direction, one layer, as its equations: frames and states are rounded, the rest is float.
  @Test func theStatesAreThoseOfTheEquations() {
    let shape = NetworkShape(
      features: 5, hidden: 9, layers: 1, directions: .forward, classes: 3, pooling: .last)
    let network = int8(shape)
    let frames = Examples.randomBatch(lengths: [12], features: 5, as: Float.self).sequences[0]
    func rounded(_ numbers: [Float]) -> [Float] {
      let scale = numbers.reduce(0) { max($0, abs($1)) } / 127
      return scale == 0 ? numbers : numbers.map { ($0 / scale).rounded() * scale }
    }
    func tensor(_ parameter: ParameterRole.LSTMParameter) -> [Float] {
      Array(network[.lstm(parameter, layer: 0, .forward)])
    }
    let (w, u) = (tensor(.inputWeights), tensor(.recurrentWeights))
    let bias = zip(tensor(.inputBias), tensor(.recurrentBias)).map(+)
    var (hidden, cell) = ([Float](repeating: 0, count: 9), [Float](repeating: 0, count: 9))
    var expected: [Float] = []
    for t in 0..<12 {
      let (x, h) = (rounded(Array(frames[t * 5..<t * 5 + 5])), rounded(hidden))
      for unit in 0..<9 {
        let sums = (0..<4).map { gate in
          let row = gate * 9 + unit
          return (0..<5).reduce(bias[row]) { $0 + w[row * 5 + $1] * x[$1] }
            + (0..<9).reduce(0) { $0 + u[row * 9 + $1] * h[$1] }
        }
        cell[unit] =
          Float.logistic(sums[1]) * cell[unit]
          + Float.logistic(sums[0]) * Float.hyperbolicTangent(sums[2])
        hidden[unit] = Float.logistic(sums[3]) * Float.hyperbolicTangent(cell[unit])
      }
      expected += hidden
    }
    let inference = Inference(network, threads: 1)
    var states = inference.startStates
    let found = inference.hiddenStates(frames, continuing: &states)
    // Far below a step of 1/127, by which one number rounded the other way would be off.
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    // Without rounding, the states are others.
    let floats = Inference(network.withFloatProducts, threads: 1)
    states = floats.startStates
    let others = floats.hiddenStates(frames, continuing: &states)
    #expect(zip(others, expected).contains { abs($0 - $1) > 1e-4 })
  }

  /// To the last bit, by our products: a clip's logits do not depend on the batch, nor a stream's states on
  /// the pieces.
  @Test func batchesAndPiecesChangeNothing() {
    let lengths = [3, 9, 1, 4, 4, 7, 2, 9, 5, 6, 8]
    let both = Inference(int8(IndependenceTests.shape), threads: 1)
    let batch = Examples.randomBatch(lengths: lengths, features: 5, as: Float.self)
    let together = both.logits(batch)
    for (index, sequence) in batch.sequences.enumerated() {
      let alone = both.logits(SequenceBatch(featureCount: 5, sequences: [sequence]))
      #expect(areSame(alone[0], together[index]), "sequence \(index)")
    }
    let forward = Inference(
      int8(StatesTests.network(layers: 2, as: Float.self).shape), threads: 1)
    let frames = Examples.randomBatch(lengths: [29], features: 5, as: Float.self).sequences[0]
    var states = forward.startStates
    let whole = forward.hiddenStates(frames, continuing: &states)
    states = forward.startStates
    var pieces: [Float] = []
    for first in stride(from: 0, to: 29, by: 3) {
      pieces += forward.hiddenStates(
        Array(frames[first * 5..<min(first + 3, 29) * 5]), continuing: &states)
    }
    #expect(pieces == whole)
  }

  /// Who learns, learns in floats: a changed weight is no whole multiple of a scale.
  @Test func aChangeLeavesNothingInEightBits() {
    var network = int8(IndependenceTests.shape)
    #expect(network.isInt8 && !network.withFloatProducts.isInt8)
    network[.output(.bias)] = [1, 2, 3]
    #expect(!network.isInt8)
    let batch = Examples.randomBatch(lengths: [4, 6], features: 5, as: Float.self)
    let eight = int8(IndependenceTests.shape)
    let learned = Learner<Float>(shape: eight.shape, threads: 1).gradients(
      eight, batch, targets: [0, 1])
    #expect(learned.logits == Inference(eight.withFloatProducts, threads: 1).logits(batch))
    #expect(learned.logits != Inference(eight, threads: 1).logits(batch))
  }
}

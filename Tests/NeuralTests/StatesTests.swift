import Testing

@testable import Neural

/// A forward-only network reads frames as they come.
@Suite struct StatesTests {
  static let frameCount = 29

  static func network<Scalar: NeuralScalar>(
    layers: Int, as type: Scalar.Type = Scalar.self
  ) -> Network<Scalar> {
    Examples.network(
      NetworkShape(
        features: 5, hidden: 9, layers: layers, directions: .forward, classes: 3, pooling: .last))
  }

  private func statesInPieces<Scalar: NeuralScalar>(
    _ network: Network<Scalar>, _ frames: [Scalar], of size: Int
  ) -> (hidden: [Scalar], end: [LSTMState<Scalar>]) {
    let inference = Inference(network, threads: 1)
    var states = inference.startStates
    var hidden: [Scalar] = []
    for first in stride(from: 0, to: Self.frameCount, by: size) {
      let piece = frames[first * 5..<min(first + size, Self.frameCount) * 5]
      hidden += inference.hiddenStates(Array(piece), continuing: &states)
    }
    return (hidden, states)
  }

  /// To the last bit: each frame is the same chain of multiply-adds, wherever the cut lies.
  @Test(.ownProducts, arguments: [1, 3, 7, 28], [1, 3]) func piecesGiveTheStatesOfTheWhole(
    _ size: Int, _ layers: Int
  ) {
    let network = Self.network(layers: layers, as: Float.self)
    let frames = Examples.randomBatch(lengths: [Self.frameCount], features: 5, as: Float.self)
      .sequences[0]
    let whole = statesInPieces(network, frames, of: Self.frameCount)
    let pieces = statesInPieces(network, frames, of: size)
    #expect(whole.hidden.count == Self.frameCount * 9)
    #expect(pieces.hidden == whole.hidden)
    #expect(pieces.end == whole.end)
    #expect(Array(whole.hidden.suffix(9)) == whole.end.last?.hidden)
    // A state that is not put in shows.
    let cut = statesInPieces(network, Array(frames[5...] + frames[..<5]), of: size)
    #expect(cut.hidden != whole.hidden)
  }

  /// The pooling `last` of a whole sequence is the hidden state at its end.
  @Test func theStatesAreThoseOfTheClassifier() {
    var network = Self.network(layers: 2, as: Double.self)
    let batch = Examples.randomBatch(lengths: [Self.frameCount], features: 5, as: Double.self)
    let end = statesInPieces(network, batch.sequences[0], of: 4).end
    // The output layer copies the first units.
    let weights = network.layout[.output(.weight)]
    for index in weights.range { network.parameters[index] = 0 }
    for row in 0..<3 { network.parameters[weights.range.lowerBound + row * 9 + row] = 1 }
    network[.output(.bias)] = [0, 0, 0]
    let logits = Inference(network, threads: 1).logits(batch)[0]
    #expect(logits == Array(end[1].hidden[..<3]))
  }

  /// Any state can be put in: the reference is the cell by its equations, frame by frame.
  @Test func aStateFromElsewhereIsGoneOnFrom() {
    let network = Self.network(layers: 1, as: Double.self)
    let frame = Examples.randomBatch(lengths: [1], features: 5, as: Double.self).sequences[0]
    let start = LSTMState(
      hidden: (0..<9).map { 0.1 * Double($0) }, cell: (0..<9).map { 0.2 * Double($0) - 1 })
    var states = [start]
    let hidden = Inference(network, threads: 1).hiddenStates(frame, continuing: &states)
    func tensor(_ parameter: ParameterRole.LSTMParameter) -> [Double] {
      Array(network[.lstm(parameter, layer: 0, .forward)])
    }
    let (w, u) = (tensor(.inputWeights), tensor(.recurrentWeights))
    let bias = zip(tensor(.inputBias), tensor(.recurrentBias)).map(+)
    for unit in 0..<9 {
      let sums = (0..<4).map { gate in
        let row = gate * 9 + unit
        let fromInput = (0..<5).reduce(0) { $0 + w[row * 5 + $1] * frame[$1] }
        let fromState = (0..<9).reduce(0) { $0 + u[row * 9 + $1] * start.hidden[$1] }
        return fromInput + fromState + bias[row]
      }
      let cell =
        Double.logistic(sums[1]) * start.cell[unit]
        + Double.logistic(sums[0]) * Double.hyperbolicTangent(sums[2])
      #expect(abs(states[0].cell[unit] - cell) < 1e-12)
      let expected = Double.logistic(sums[3]) * Double.hyperbolicTangent(cell)
      #expect(abs(hidden[unit] - expected) < 1e-12)
    }
  }

  /// The tape changes nothing: what learns and what classifies compute the same bits, each sequence
  /// with its own length.
  @Test(.ownProducts, arguments: Directions.allCases, [3, 11]) func theTapeChangesNoBit(
    _ directions: Directions, _ count: Int
  ) {
    let shape = NetworkShape(
      features: 5, hidden: 9, layers: 2, directions: directions, classes: 3,
      pooling: .attentionMean)
    let network = Examples.network(shape, as: Float.self)
    let lengths = (0..<count).map { 1 + $0 * 5 % 7 }
    let batch = Examples.randomBatch(lengths: lengths, features: 5, as: Float.self)
    let learned = Learner<Float>(shape: shape, threads: 1).gradients(
      network, batch, targets: lengths.map { $0 % 3 })
    #expect(learned.logits == Inference(network, threads: 1).logits(batch))
  }
}

import Testing

@testable import Basics
@testable import Neural

@Suite struct NetworkTests {
  static let shape = NetworkShape(
    features: 5, hidden: 16, layers: 2, classes: 3, pooling: .attentionMean)

  @Test func layoutHasNoHoles() {
    let layout = ParameterLayout(Self.shape)
    var end = 0
    for entry in layout.entries {
      #expect(entry.range.lowerBound == end)
      #expect(entry.range.count == entry.shape.reduce(1, *))
      end = entry.range.upperBound
    }
    #expect(layout.count == end)
    #expect(layout[.lstm(.inputWeights, layer: 1, .reverse)].shape == [64, 32])
    #expect(layout[.output(.weight)].shape == [3, 64])
    #expect(layout.entries.count == 2 * 2 * 4 + 4)
    #expect(Set(layout.entries.map(\.role)).count == layout.entries.count)
    #expect(layout.groups.count == Set(layout.entries.map(\.role.group)).count)
  }

  @Test func startsWithForgetBiasOneAndOrthogonalRecurrence() {
    var generator = SeededGenerator(seed: 9)
    let network = Network<Double>(shape: Self.shape, using: &generator)
    for (layer, direction) in [(0, .forward), (0, .reverse), (1, .forward), (1, Direction.reverse)]
    {
      func tensor(_ parameter: ParameterRole.LSTMParameter) -> [Double] {
        Array(network[.lstm(parameter, layer: layer, direction)])
      }
      let bias = zip(tensor(.inputBias), tensor(.recurrentBias)).map(+)
      #expect(Array(bias[16..<32]) == Array(repeating: 1, count: 16))
      #expect((bias[..<16] + bias[32...]).allSatisfy { $0 == 0 })
      let weights = tensor(.recurrentWeights)
      for gate in 0..<4 {
        for one in 0..<16 {
          for other in 0..<16 {
            let product = (0..<16).reduce(0) {
              $0 + weights[(gate * 16 + one) * 16 + $1] * weights[(gate * 16 + other) * 16 + $1]
            }
            #expect(abs(product - (one == other ? 1 : 0)) < 1e-12)
          }
        }
      }
      let bound = (6.0 / Double(16 + (layer == 0 ? 5 : 32))).squareRoot()
      let inputs = tensor(.inputWeights)
      #expect(inputs.allSatisfy { abs($0) <= bound })
      #expect(inputs.map { abs($0) }.max()! > 0.9 * bound)
    }
  }

  @Test func sameSeedSameNetwork() {
    var (one, other) = (SeededGenerator(seed: 9), SeededGenerator(seed: 9))
    let network = Network<Float>(shape: Self.shape, using: &one)
    #expect(network.parameters == Network<Float>(shape: Self.shape, using: &other).parameters)
    #expect(network.parameters != Network<Float>(shape: Self.shape, using: &one).parameters)
  }

  /// The gradient at the first frames of a long sequence has travelled through all of it; at the
  /// last ones it comes from the loss alone.
  ///
  /// The reverse direction counts in its own order, so with the last state pooled both have most at
  /// the end.
  @Test func timeGradientsFollowTheReadingOrder() throws {
    var shape = Self.shape
    shape.pooling = .last
    let network = Examples.network(shape, as: Double.self)
    let result = Learner<Double>(shape: shape, threads: 1).gradients(
      network, Examples.randomBatch(lengths: [12, 12], features: 5, as: Double.self),
      targets: [0, 1], wantsTimeGradients: true)
    #expect(result.timeGradients.count == 2)
    let top = result.timeGradients[1]
    for norms in [top.forward, try #require(top.reverse)] {
      #expect(norms.count == 12)
      #expect(norms[11] > 2 * norms[0])
      #expect(norms.allSatisfy { $0 > 0 })
    }
  }

  /// 200,000 numbers: the share that falls has deviation 0.001; five are allowed.
  @Test func dropoutDropsItsShareAndKeepsTheMean() {
    let frames = Frames<Float>(columns: 400)
    frames.reshape(frameCount: 100, rows: 5)
    for t in 0..<100 {
      for row in 0..<5 {
        for unit in 0..<400 { frames[t][row, unit] = 1 }
      }
    }
    let subBatch = SubBatch(members: [4, 0, 1, 2, 3], lengths: Array(repeating: 100, count: 5))
    Dropout(rate: 0.25, seed: 6).apply(to: frames, subBatch, layer: 0, Float.kernels)
    let numbers = (0..<100).flatMap { t in (0..<5).flatMap { frames[t].row($0) } }
    let dropped = numbers.count { $0 == 0 }
    #expect(abs(Double(dropped) / 200_000 - 0.25) < 0.005)
    #expect(numbers.allSatisfy { $0 == 0 || abs($0 - 4.0 / 3) < 1e-6 })
    // Every sequence and every frame loses other numbers.
    #expect(frames[0].row(0) != frames[0].row(1))
    #expect(frames[0].row(0) != frames[1].row(0))
  }
}

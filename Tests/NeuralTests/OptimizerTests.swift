import Foundation
import Testing

@testable import Basics
@testable import Neural

/// What the agreement with PyTorch (TorchParityTests) does not show.
@Suite struct OptimizerTests {
  static let shape = NetworkShape(
    features: 2, hidden: 3, layers: 1, classes: 2, pooling: .attention)
  static let layout = ParameterLayout(shape)

  /// Without a gradient only the decay moves a parameter.
  @Test(arguments: OptimizerOptions.Algorithm.allCases)
  func biasesDoNotDecayUnlessAllDo(_ algorithm: OptimizerOptions.Algorithm) {
    for decay in OptimizerOptions.Decay.allCases {
      var options = OptimizerOptions()
      options.algorithm = algorithm
      options.decay = decay
      var optimizer = options.optimizer(for: Self.layout, of: Double.self)
      var parameters = Array(repeating: 1.0, count: Self.layout.count)
      optimizer.update(
        &parameters, gradients: Array(repeating: 0, count: Self.layout.count), learningRate: 0.1)
      for entry in Self.layout.entries {
        let decays = decay == .all || entry.shape.count == 2
        #expect((parameters[entry.range.lowerBound] < 1) == decays, "\(entry.name)")
      }
    }
  }

  @Test(arguments: OptimizerOptions.Algorithm.allCases)
  func continuesFromItsState(_ algorithm: OptimizerOptions.Algorithm) throws {
    var options = OptimizerOptions()
    options.algorithm = algorithm
    var generator = SeededGenerator(seed: 4)
    let gradients = (0..<6).map { _ in
      (0..<Self.layout.count).map { _ in Float(generator.uniform(-1, 1)) }
    }
    var optimizer = options.optimizer(for: Self.layout, of: Float.self)
    var parameters = Array(repeating: Float(1), count: Self.layout.count)
    for gradient in gradients[..<3] {
      optimizer.update(&parameters, gradients: gradient, learningRate: 0.01)
    }
    let saved = try JSONEncoder().encode(optimizer.state)
    var resumed = options.optimizer(for: Self.layout, of: Float.self)
    resumed.state = try JSONDecoder().decode(OptimizerState<Float>.self, from: saved)
    var others = parameters
    for gradient in gradients[3...] {
      optimizer.update(&parameters, gradients: gradient, learningRate: 0.01)
      resumed.update(&others, gradients: gradient, learningRate: 0.01)
    }
    #expect(parameters == others)
    #expect(optimizer.state == resumed.state)
    #expect(optimizer.state.stepCount == 6)
  }

  @Test func clippingKeepsTheDirection() {
    var gradients: [Float] = [3, 0, 4]
    #expect(GradientNorm.clip(&gradients, toNorm: 10) == 5)
    #expect(gradients == [3, 0, 4])
    #expect(GradientNorm.clip(&gradients, toNorm: 1) == 5)
    #expect(zip(gradients, [0.6, 0, 0.8]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func clippingLeavesWhatIsNotFinite() {
    var gradients: [Float] = [1, .nan, 2]
    #expect(GradientNorm.clip(&gradients, toNorm: 1).isNaN)
    #expect(gradients[0] == 1 && gradients[2] == 2)
    // Squares beyond the range of Float are none in Double.
    var large: [Float] = [1e30, 0]
    #expect(GradientNorm.clip(&large, toNorm: 1) == Double(Float(1e30)))
    #expect(large[0] == 1)
  }

  @Test func normsByGroup() {
    var gradients = Array(repeating: 0.0, count: Self.layout.count)
    gradients[Self.layout.entry(named: "lstm.weight_ih_l0")!.range.lowerBound] = 3
    gradients[Self.layout.entry(named: "lstm.weight_ih_l0_reverse")!.range.lowerBound] = 4
    gradients[Self.layout.entry(named: "output.bias")!.range.lowerBound] = 2
    let norms = GradientNorm.byGroup(gradients, Self.layout)
    #expect(
      norms.map(\.group) == ["l0.input", "l0.recurrent", "l0.bias", "attention", "output"])
    #expect(norms.map(\.norm) == [5, 0, 0, 0, 2])
  }

  /// Update n keeps min(decay, (1 + n) / (10 + n)) of the average.
  @Test func movingAverage() {
    var average = MovingAverage<Double>(decay: 0.5, parameters: [0])
    average.update([1])
    #expect(abs(average.parameters[0] - 9.0 / 11) < 1e-15)
    for _ in 0..<20 { average.update([1]) }
    let before = average.parameters[0]
    average.update([0])
    #expect(abs(average.parameters[0] - before / 2) < 1e-15)
  }
}

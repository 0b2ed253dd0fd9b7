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
        #expect((parameters[entry.range.lowerBound] < 1) == decays, "\(entry.role)")
      }
    }
  }

  @Test(arguments: OptimizerOptions.Algorithm.allCases)
  func continuesFromItsState(_ algorithm: OptimizerOptions.Algorithm) {
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
    var resumed = options.optimizer(for: Self.layout, of: Float.self)
    resumed.state = optimizer.state
    var others = parameters
    for gradient in gradients[3...] {
      optimizer.update(&parameters, gradients: gradient, learningRate: 0.01)
      resumed.update(&others, gradients: gradient, learningRate: 0.01)
    }
    #expect(parameters == others)
    #expect(optimizer.state == resumed.state)
    #expect(optimizer.state.stepCount == 6)
  }

  /// Gradients that are zero but for the first two.
  private func gradients<Scalar: NeuralScalar>(_ first: Scalar, _ second: Scalar) -> [Scalar] {
    [first, second] + Array(repeating: 0, count: Self.layout.count - 2)
  }

  @Test func clippingKeepsTheDirection() {
    var numbers: [Float] = gradients(3, 4)
    let norms = GradientNorms(numbers, Self.layout)
    #expect(norms.total == 5)
    #expect(!norms.clip(&numbers, to: 10) && numbers == gradients(3, 4))
    #expect(norms.clip(&numbers, to: 1))
    #expect(zip(numbers, gradients(0.6, 0.8)).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func clippingLeavesWhatIsNotFinite() {
    var numbers: [Float] = gradients(1, .nan)
    let norms = GradientNorms(numbers, Self.layout)
    #expect(norms.total.isNaN && !norms.clip(&numbers, to: 1))
    #expect(numbers[0] == 1)
    // Squares beyond the range of Float are none in Double.
    var large: [Float] = gradients(1e30, 0)
    let known = GradientNorms(large, Self.layout)
    #expect(known.total == Double(Float(1e30)) && known.clip(&large, to: 1))
    #expect(large[0] == 1)
  }

  @Test func normsByGroup() {
    var gradients = Array(repeating: 0.0, count: Self.layout.count)
    func set(_ role: ParameterRole, _ value: Double) {
      gradients[Self.layout[role].range.lowerBound] = value
    }
    set(.lstm(.inputWeights, layer: 0, .forward), 3)
    set(.lstm(.inputWeights, layer: 0, .reverse), 4)
    set(.output(.bias), 2)
    #expect(
      Self.layout.groups.map(\.name)
        == ["l0.input", "l0.recurrent", "l0.bias", "attention", "output"])
    let norms = GradientNorms(gradients, Self.layout)
    #expect(norms.groups == [5, 0, 0, 0, 2])
    #expect(abs(norms.total - 29.0.squareRoot()) < 1e-12)
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

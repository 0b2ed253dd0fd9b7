import Foundation
import Testing

@testable import Neural

/// Agreement with PyTorch 2.13.0: Fixtures/torch/parity.json, made by Fixtures/make/torch_parity.py.
///
/// Both sides compute in float64 from the same formulas, so they differ by the order of sums and by
/// the 12 digits of the file: 1e-10. Float has 1e-7 of rounding at each of some hundred operations.
@Suite struct TorchParityTests {
  struct Parity: Decodable {
    let torch: String
    let cases: [Case]
    let trainings: [Training]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let layers: Int
    /// Both where the file says nothing.
    let directions: Directions?
    let pooling: Pooling
    let lengths: [Int]
    let labelSmoothing: Double
    let classWeights: [Double]?
    let names: [String]
    let logits: [[Double]]
    let loss: Double
    let gradients: [Double]
    let inputGradients: [[Double]]
    var testDescription: String {
      "\(layers) layers \(directions ?? .both), \(pooling.rawValue), \(lengths), smoothing \(labelSmoothing), weights "
        + "\(classWeights ?? [])"
    }
  }

  struct Training: Decodable, Sendable, CustomTestStringConvertible {
    let optimizer: OptimizerOptions.Algorithm
    let lengths: [Int]
    let losses: [Double]
    var testDescription: String { optimizer.rawValue }
  }

  static let parity: Parity = read("parity.json")
  /// Networks that read forward only, by Fixtures/make/torch_forward.py.
  static let forward: Parity = read("forward.json")

  private static func read(_ name: String) -> Parity {
    do {
      let file = Fixtures.folder.appendingPathComponent("torch/\(name)")
      return try JSONDecoder().decode(Parity.self, from: Data(contentsOf: file))
    } catch {
      fatalError("\(error)")
    }
  }

  @Test func theFixtureIsWhole() {
    #expect(Self.parity.torch == "2.13.0+cpu")
    #expect(Self.parity.cases.count == 12)
    #expect(Self.parity.trainings.map(\.optimizer) == [.sgd, .adam, .adamw])
    #expect(Self.forward.torch == "2.13.0+cpu")
    #expect(Self.forward.cases.count == 8 && Self.forward.trainings.isEmpty)
    #expect(Self.forward.cases.allSatisfy { $0.directions == .forward })
  }

  @Test(arguments: parity.cases + forward.cases) func gradientsInDouble(_ expected: Case) {
    compare(expected, tolerance: 1e-10, as: Double.self)
  }

  @Test(arguments: parity.cases + forward.cases) func gradientsInFloat(_ expected: Case) {
    compare(expected, tolerance: 2e-6, as: Float.self)
  }

  @Test(arguments: parity.trainings) func tenLossesInDouble(_ expected: Training) {
    compare(expected, tolerance: 1e-9, as: Double.self)
  }

  @Test(arguments: parity.trainings) func tenLossesInFloat(_ expected: Training) {
    compare(expected, tolerance: 1e-5, as: Float.self)
  }

  private func compare<Scalar: NeuralScalar>(
    _ expected: Case, tolerance: Double, as type: Scalar.Type
  ) {
    let shape = Self.shape(
      layers: expected.layers, directions: expected.directions ?? .both, pooling: expected.pooling)
    let network = Self.network(shape, as: type)
    #expect(network.layout.entries.map(\.role.name) == expected.names)
    let result = Learner<Scalar>(shape: shape, threads: 1).gradients(
      network, Self.batch(expected.lengths), targets: Self.targets(expected.lengths),
      loss: LossOptions(
        labelSmoothing: expected.labelSmoothing, classWeights: expected.classWeights),
      wantsInputGradients: true)

    #expect(abs(result.loss - expected.loss) < tolerance)
    expectClose(result.logits.flatMap { $0 }, expected.logits.flatMap { $0 }, tolerance, "logits")
    for entry in network.layout.entries {
      expectClose(
        Array(result.gradients[entry.range]), Array(expected.gradients[entry.range]), tolerance,
        entry.role.name)
    }
    expectClose(
      result.inputGradients.flatMap { $0 }, expected.inputGradients.flatMap { $0 }, tolerance,
      "input")
  }

  private func compare<Scalar: NeuralScalar>(
    _ expected: Training, tolerance: Double, as type: Scalar.Type
  ) {
    let shape = Self.shape(layers: 2, pooling: .attentionMean)
    var network = Self.network(shape, as: type)
    let learner = Learner<Scalar>(shape: shape, threads: 1)
    var options = OptimizerOptions()
    options.algorithm = expected.optimizer
    options.decay = .all
    options.weightDecay = expected.optimizer == .adamw ? 0.1 : 0.01
    var optimizer = options.optimizer(for: network.layout, of: type)
    let losses = (0..<10).map { _ in
      let result = learner.gradients(
        network, Self.batch(expected.lengths), targets: Self.targets(expected.lengths),
        loss: LossOptions(labelSmoothing: 0.1))
      optimizer.update(
        &network.parameters, gradients: result.gradients,
        learningRate: expected.optimizer == .sgd ? 0.5 : 0.05)
      return Scalar(result.loss)
    }
    expectClose(losses, expected.losses, tolerance, "losses")
  }

  private func expectClose<Scalar: NeuralScalar>(
    _ found: [Scalar], _ expected: [Double], _ tolerance: Double, _ what: String
  ) {
    #expect(found.count == expected.count && !expected.isEmpty, "\(found.count) \(what)")
    let differences = zip(found, expected).map { abs(Double($0) - $1) }
    // Said this way, NaN fails.
    #expect(differences.allSatisfy { $0 < tolerance }, "\(what) differ by \(differences)")
  }

  private static func shape(
    layers: Int, directions: Directions = .both, pooling: Pooling
  ) -> NetworkShape {
    NetworkShape(
      features: 2, hidden: 3, layers: layers, directions: directions, classes: 3, pooling: pooling)
  }

  private static func network<Scalar: NeuralScalar>(
    _ shape: NetworkShape, as type: Scalar.Type
  ) -> Network<Scalar> {
    Network(
      shape: shape,
      parameters: (0..<ParameterLayout(shape).count).map {
        Scalar(0.5 * cos(0.7 * Double($0) + 0.3))
      }
    )
  }

  private static func batch<Scalar: NeuralScalar>(_ lengths: [Int]) -> SequenceBatch<Scalar> {
    var number = 0.0
    return SequenceBatch(
      featureCount: 2,
      sequences: lengths.map { length in
        (0..<length * 2).map { _ in
          defer { number += 1 }
          return Scalar(cos(1.3 * number + 0.1))
        }
      })
  }

  private static func targets(_ lengths: [Int]) -> [Int] { lengths.indices.map { $0 % 3 } }
}

/// Where the fixtures lie, whatever the working directory.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures")
}

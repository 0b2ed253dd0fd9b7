@testable import Basics
@testable import Neural

/// Numbers for tests: from a seed, so that no data file is needed.
enum Examples {
  /// A network with every parameter set, biases too, by the seed.
  static func network<Scalar: NeuralScalar>(
    _ shape: NetworkShape, seed: UInt64 = 1, as type: Scalar.Type = Scalar.self
  ) -> Network<Scalar> {
    var generator = SeededGenerator(seed: seed)
    let count = ParameterLayout(shape).count
    return Network(
      shape: shape, parameters: (0..<count).map { _ in Scalar(generator.uniform(-0.6, 0.6)) })
  }

  /// Sequences of uniform numbers by the seed.
  static func randomBatch<Scalar: NeuralScalar>(
    lengths: [Int], features: Int, seed: UInt64 = 2, as type: Scalar.Type = Scalar.self
  ) -> SequenceBatch<Scalar> {
    var generator = SeededGenerator(seed: seed)
    return SequenceBatch(
      featureCount: features,
      sequences: lengths.map { length in
        (0..<length * features).map { _ in Scalar(generator.uniform(-1, 1)) }
      })
  }
}

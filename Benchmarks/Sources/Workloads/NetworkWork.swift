import KeywordSpotting

/// A network and a batch for it, of the sizes of the peers' figures: T 98, F 40, 12 classes.
public struct NetworkWork {
  /// Weights as they are before any training.
  public let network: Network<Float>
  /// B sequences of normal noise.
  public let sequences: SequenceBatch<Float>
  /// The right class of each sequence.
  public let targets: [Int]

  /// - Parameters:
  ///   - layers: L, at least 1.
  ///   - hidden: H, units of each direction.
  ///   - batch: B, sequences.
  public init(layers: Int = 1, hidden: Int, batch: Int) {
    var generator = SeededGenerator(seed: 0)
    let shape = NetworkShape(
      features: 40, hidden: hidden, layers: layers, classes: 12, pooling: .mean)
    network = Network(shape: shape, using: &generator)
    let numbers = (0..<batch).map { _ in
      (0..<98 * 40).map { _ in Float(generator.normal()) }
    }
    sequences = SequenceBatch(featureCount: 40, sequences: numbers)
    targets = (0..<batch).map { $0 % shape.classes }
  }
}

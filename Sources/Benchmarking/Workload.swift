import Basics
import Neural
import Sound

/// The work that every benchmark of kws measures, of the sizes of its peers' figures.
public enum Workload {
  /// Samples in a second.
  public static let sampleRate = 16_000
  /// Frames of a second of sound, T.
  public static let frameCount = 98
  /// Numbers in a frame, F.
  public static let featureCount = 40
  /// C.
  public static let classCount = 12
  /// Training steps: hidden units of each direction, and sequences in a batch.
  public static let trainingSteps = [(hidden: 64, batch: 64), (128, 64), (256, 128)]

  /// MFCC-40: windows of 30 ms every 10 ms, 40 bands, 40 coefficients and no slopes.
  public static let frontEnd: FrontEndOptions = {
    var options = FrontEndOptions(preset: .kws, sampleRate: sampleRate)
    options.hopMilliseconds = 10
    (options.coefficients, options.deltaOrder) = (featureCount, 0)
    return options
  }()

  /// Clips of one second of uniform noise: the front end does the same work for any sound.
  public static func noiseClips(_ count: Int) -> [[Float]] {
    var generator = SeededGenerator(seed: 0)
    return (0..<count).map { _ in
      (0..<sampleRate).map { _ in Float(generator.uniform(-0.3, 0.3)) }
    }
  }

  /// A network and a batch for it.
  public struct Step {
    /// Weights as they are before any training.
    public let network: Network<Float>
    /// B sequences of normal noise, T x F each.
    public let sequences: SequenceBatch<Float>
    /// The right class of each sequence.
    public let targets: [Int]

    /// - Parameters:
    ///   - layers: Layers of both directions, at least 1.
    ///   - hidden: H, units of each direction.
    ///   - batch: B, sequences.
    public init(layers: Int = 1, hidden: Int, batch: Int) {
      var generator = SeededGenerator(seed: 0)
      let shape = NetworkShape(
        features: featureCount, hidden: hidden, layers: layers, classes: classCount, pooling: .mean)
      network = Network(shape: shape, using: &generator)
      let numbers = (0..<batch).map { _ in
        (0..<frameCount * featureCount).map { _ in Float(generator.normal()) }
      }
      sequences = SequenceBatch(featureCount: featureCount, sequences: numbers)
      targets = (0..<batch).map { $0 % classCount }
    }
  }
}

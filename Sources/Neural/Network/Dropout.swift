import Basics

/// Which numbers are set to zero in training (Srivastava and others 2014), and how many.
///
/// Whether a number falls depends on the seed, its sequence's place in the batch, the layer, the
/// frame and the unit, and on nothing else: not on threads, shards or what is drawn elsewhere.
public struct Dropout: Codable, Equatable, Sendable {
  /// Share of the numbers that are dropped, 0 to 0.99.
  ///
  /// Between the layers and before the output layer.
  public var rate: Double
  /// Another seed for every step, or the same numbers fall each time.
  public var seed: UInt64

  /// No dropout.
  public static let none = Dropout(rate: 0, seed: 0)

  /// The rates that leave something to learn from.
  public static let rates = 0.0...0.99

  /// A share of `rate`, by `seed`.
  public init(rate: Double, seed: UInt64) {
    precondition(Self.rates.contains(rate), "a dropout rate of \(rate), outside \(Self.rates)")
    self.rate = rate
    self.seed = seed
  }

  /// Multiplies one sequence's numbers of one frame in `row`: by 0, or by 1 / (1 - rate), which
  /// keeps the expected value; the rate is rounded to whole 65,536ths.
  ///
  /// The same call is the way back.
  func apply<Scalar: NeuralScalar>(
    to frame: Matrix<Scalar>, row: Int, sequence: Int, layer: Int, t: Int,
    _ kernels: any Kernels<Scalar>
  ) {
    let threshold = UInt32((rate * 0x1p16).rounded())
    let scale = Scalar(0x1p16 / (0x1p16 - Double(threshold)))
    var place = SplitMix64.mix(seed &+ SplitMix64.increment)
    place = SplitMix64.mix(place ^ UInt64(sequence) &* SplitMix64.increment)
    place = SplitMix64.mix(place ^ UInt64(layer) &* SplitMix64.increment)
    place = SplitMix64.mix(place ^ UInt64(t) &* SplitMix64.increment)
    kernels.drop(row: row, of: frame, place: place, threshold: threshold, scale: scale)
  }

  /// `apply` to all frames of a shard.
  func apply<Scalar: NeuralScalar>(
    to frames: Frames<Scalar>, _ shard: Shard, layer: Int, _ kernels: any Kernels<Scalar>
  ) {
    guard rate > 0 else { return }
    for t in 0..<frames.frameCount {
      for row in 0..<shard.active[t] {
        apply(to: frames[t], row: row, sequence: shard.members[row], layer: layer, t: t, kernels)
      }
    }
  }
}

import Basics

/// Dropout: sets random numbers to zero in training (Srivastava and others 2014).
///
/// Whether a number is dropped depends only on the seed, its sequence's place in the batch, the
/// layer, the frame and the unit; not on threads, sub-batches or other random draws.
public struct Dropout: Equatable, Sendable {
  /// Share of the numbers that are dropped, 0 to 0.99.
  ///
  /// Between the layers and before the output layer.
  public var rate: Double
  /// The seed; use a different one for each step, or the same numbers are dropped each time.
  public var seed: UInt64

  /// No dropout.
  public static let none = Dropout(rate: 0, seed: 0)

  /// The allowed rates.
  public static let rates = 0.0...0.99

  /// Dropout at a rate, with a seed.
  public init(rate: Double, seed: UInt64) {
    precondition(Self.rates.contains(rate), "a dropout rate of \(rate), outside \(Self.rates)")
    self.rate = rate
    self.seed = seed
  }

  /// Multiplies the numbers of one frame of one sequence, in `row`, by 0 or by 1 / (1 - rate),
  /// which keeps the expected value.
  ///
  /// The rate is rounded to a multiple of 1/65,536.
  ///
  /// The backward pass makes the same call on the gradients.
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

  /// Applies dropout to all frames of a sub-batch.
  func apply<Scalar: NeuralScalar>(
    to frames: Frames<Scalar>, _ subBatch: SubBatch, layer: Int, _ kernels: any Kernels<Scalar>
  ) {
    guard rate > 0 else { return }
    for t in 0..<frames.frameCount {
      for row in 0..<subBatch.active[t] {
        apply(to: frames[t], row: row, sequence: subBatch.members[row], layer: layer, t: t, kernels)
      }
    }
  }
}

import Glibc

/// Leaves the network out where hardly anything sounds, to save processor time.
///
/// A window whose level over all its samples is below the gate's is not recognised: its posteriors are
/// those of certain silence. All others have the posteriors that they have without a gate.
public struct EnergyGate: Equatable, Sendable {
  /// Allowed levels, in dB of full scale.
  public static let levels = -200.0...0.0

  /// Windows below this root mean square are left out, in dB of full scale (a full-scale square wave has
  /// 0 dB, a sine -3 dB).
  public let decibels: Double
  /// (C): the posteriors of a window that is left out.
  let posteriors: [Float]
  /// The same as `decibels`, as a mean of squares.
  private let power: Double

  /// A gate for a model with these labels; nil where no class stands for silence or unknown words.
  ///
  /// - Parameters:
  ///   - decibels: Within `levels`.
  ///   - labels: (C), the labels of the classes.
  public init?(_ decibels: Double, labels: [String]) {
    precondition(Self.levels.contains(decibels), "a gate at \(decibels) dB")
    guard
      let quiet = labels.firstIndex(of: ClassLabel.silence)
        ?? labels.firstIndex(of: ClassLabel.unknown)
    else { return nil }
    self.decibels = decibels
    power = pow(10, decibels / 10)
    posteriors = labels.indices.map { $0 == quiet ? 1 : 0 }
  }

  /// Whether samples, +-1 at full scale, are below the level.
  func isQuiet(_ samples: ArraySlice<Float>) -> Bool {
    let squares = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
    return squares < power * Double(samples.count)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How the learning rate changes over the steps of a training, as a factor on the chosen rate.
public enum LearningRateSchedule: Equatable, Sendable {
  /// Always 1.
  case constant
  /// Multiplied by `factor` after every `interval` steps.
  case step(interval: Int, factor: Double)
  /// A linear warm-up over the first `warmUp` steps, then half a cosine from 1 down to `floor` at
  /// step `total` (Loshchilov and Hutter 2017), and `floor` after that.
  case cosine(warmUp: Int, total: Int, floor: Double)

  /// The factor at step `index`, from 0.
  ///
  /// The first step of a warm-up has the factor 1 / warmUp, not 0.
  public func factor(at index: Int) -> Double {
    switch self {
    case .constant:
      return 1
    case .step(let interval, let factor):
      precondition(interval > 0, "a learning rate step every \(interval) steps")
      return pow(factor, Double(index / interval))
    case .cosine(let warmUp, let total, let floor):
      if index < warmUp { return Double(index + 1) / Double(warmUp) }
      guard index < total else { return floor }
      let progress = Double(index - warmUp) / Double(total - warmUp)
      return floor + (1 - floor) * (1 + cos(Double.pi * progress)) / 2
    }
  }
}

/// Lowers the learning rate when a figure such as the validation loss stops falling.
public struct ReduceOnPlateau: Codable, Equatable, Sendable {
  /// The rate is multiplied by this, 0 to 1.
  public var reduction: Double
  /// Number of reports without improvement before a reduction.
  public var patience: Int
  /// The lowest factor.
  public var floor: Double
  /// The current factor, 1 at first.
  public private(set) var factor = 1.0
  private var best: Double?
  private var reportsSinceBest = 0

  /// The defaults are PyTorch's.
  public init(reduction: Double = 0.1, patience: Int = 10, floor: Double = 0) {
    self.reduction = reduction
    self.patience = patience
    self.floor = floor
  }

  /// What is wrong with the numbers, or nil.
  public var problem: String? {
    let shares = [reduction, floor, factor]
    let counts = [patience, reportsSinceBest]
    guard shares.allSatisfy((0...1).contains), counts.allSatisfy((0...1 << 30).contains) else {
      return "a plateau's reduction, floor and factor of \(shares), patience and count of \(counts)"
    }
    return nil
  }

  /// Reports the newest figure, once per epoch.
  ///
  /// A figure is an improvement if it is lower than the best one by more than 1/10,000 of it, as in
  /// PyTorch. NaN never is.
  public mutating func report(_ figure: Double) {
    if figure < best.map({ $0 - 1e-4 * abs($0) }) ?? .infinity {
      best = figure
      reportsSinceBest = 0
    } else {
      reportsSinceBest += 1
    }
    if reportsSinceBest > patience {
      factor = max(factor * reduction, floor)
      reportsSinceBest = 0
    }
  }
}

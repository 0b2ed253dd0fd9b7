#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Adam and AdamW, as `torch.optim.Adam` and `torch.optim.AdamW`.
///
///     parameter = parameter - learningRate * weightDecay * parameter    (AdamW)
///     gradient  = gradient + weightDecay * parameter                    (Adam)
///     mean      = beta1 * mean + (1 - beta1) * gradient
///     square    = beta2 * square + (1 - beta2) * gradient^2
///     parameter = parameter - learningRate * (mean / (1 - beta1^n))
///                             / (sqrt(square / (1 - beta2^n)) + epsilon)
///
/// where n counts the steps from 1.
public struct Adam<Scalar: NeuralScalar>: Optimizer {
  private var stepCount = 0
  private var means: [Scalar]
  private var squares: [Scalar]
  private let options: OptimizerOptions
  private let decays: [(range: Range<Int>, weightDecay: Double)]

  /// An optimizer at its first step; `options.algorithm` says how the weights decay.
  public init(_ options: OptimizerOptions, _ layout: ParameterLayout) {
    self.options = options
    decays = options.decays(layout)
    means = Array(repeating: 0, count: layout.count)
    squares = means
  }

  /// Two slots: the mean of the gradients and the mean of their squares.
  public var state: OptimizerState<Scalar> {
    get { OptimizerState(stepCount: stepCount, slots: [means, squares]) }
    set {
      newValue.check(slots: 2, count: means.count)
      (stepCount, means, squares) = (newValue.stepCount, newValue.slots[0], newValue.slots[1])
    }
  }

  /// One step, as the formulas say.
  @specialized(where Scalar == Float)
  public mutating func update(
    _ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double
  ) {
    checkCounts(parameters, gradients, means.count)
    stepCount += 1
    var rates = AdamRates<Scalar>(
      mean: Scalar(1 - options.beta1), square: Scalar(1 - options.beta2),
      step: Scalar(learningRate / (1 - pow(options.beta1, Double(stepCount)))),
      rootScale: Scalar(1 / (1 - pow(options.beta2, Double(stepCount))).squareRoot()),
      epsilon: Scalar(options.epsilon))
    for (range, weightDecay) in decays {
      rates.shrink = Scalar(options.algorithm == .adamw ? 1 - learningRate * weightDecay : 1)
      rates.pull = Scalar(options.algorithm == .adamw ? 0 : weightDecay)
      Scalar.adamStep(
        &parameters, gradients, means: &means, squares: &squares, in: range, rates)
    }
  }
}

/// The numbers of one step of Adam for one tensor.
public struct AdamRates<Scalar: NeuralScalar>: Sendable {
  /// 1 - beta1.
  let mean: Scalar
  /// 1 - beta2.
  let square: Scalar
  /// learningRate / (1 - beta1^n).
  let step: Scalar
  /// 1 / sqrt(1 - beta2^n).
  let rootScale: Scalar
  let epsilon: Scalar
  /// Factor of a parameter that decays by itself.
  var shrink: Scalar = 1
  /// Share of the parameter that is added to its gradient.
  var pull: Scalar = 0
}

extension AdamRates {
  /// The formulas for the parameters in `range`.
  func step(
    _ parameters: inout [Scalar], _ gradients: [Scalar], means: inout [Scalar],
    squares: inout [Scalar], in range: Range<Int>
  ) {
    for index in range {
      let parameter = parameters[index] * shrink
      let gradient = gradients[index] + pull * parameter
      means[index] += mean * (gradient - means[index])
      squares[index] += square * (gradient * gradient - squares[index])
      let root = squares[index].squareRoot() * rootScale + epsilon
      parameters[index] = parameter - step * means[index] / root
    }
  }
}

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
struct Adam<Scalar: NeuralScalar>: Optimizer {
  private var stepCount = 0
  private var means: [Scalar]
  private var squares: [Scalar]
  private let options: OptimizerOptions
  private let parts: [OptimizerOptions.Part]
  private let kernels = Scalar.kernels

  /// An optimizer at its first step; `options.algorithm` says how the weights decay.
  init(_ options: OptimizerOptions, _ layout: ParameterLayout, frozenLayers: Int) {
    self.options = options
    parts = options.parts(layout, frozenLayers: frozenLayers)
    means = Array(repeating: 0, count: layout.count)
    squares = means
  }

  /// Two slots: the mean of the gradients and the mean of their squares.
  var state: OptimizerState<Scalar> {
    get { OptimizerState(stepCount: stepCount, slots: [means, squares]) }
    set {
      newValue.check(slots: 2, count: means.count)
      (stepCount, means, squares) = (newValue.stepCount, newValue.slots[0], newValue.slots[1])
    }
  }

  /// One step of the formulas above.
  @specialized(where Scalar == Float)
  mutating func update(
    _ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double
  ) {
    checkCounts(parameters, gradients, means.count)
    stepCount += 1
    var rates = AdamRates<Scalar>(
      mean: Scalar(1 - options.beta1), square: Scalar(1 - options.beta2),
      step: Scalar(learningRate / (1 - pow(options.beta1, Double(stepCount)))),
      rootScale: Scalar(1 / (1 - pow(options.beta2, Double(stepCount))).squareRoot()),
      epsilon: Scalar(options.epsilon))
    for part in parts {
      rates.shrink = Scalar(options.algorithm == .adamw ? 1 - learningRate * part.weightDecay : 1)
      rates.pull = Scalar(options.algorithm == .adamw ? 0 : part.weightDecay)
      kernels.adamStep(
        &parameters, gradients, means: &means, squares: &squares, in: part.range, rates)
    }
  }
}

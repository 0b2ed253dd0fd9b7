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
  /// Two slots: the mean of the gradients and the mean of their squares.
  public var state: OptimizerState<Scalar>
  private let options: OptimizerOptions
  private let decays: [(range: Range<Int>, weightDecay: Double)]

  /// An optimizer at its first step; `options.algorithm` says how the weights decay.
  public init(_ options: OptimizerOptions, _ layout: ParameterLayout) {
    self.options = options
    decays = options.decays(layout)
    state = OptimizerState(slots: 2, count: layout.count)
  }

  /// One step, as the formulas say.
  @specialized(where Scalar == Float)
  public mutating func update(
    _ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double
  ) {
    checkCounts(parameters, gradients)
    state.stepCount += 1
    let stepCount = Double(state.stepCount)
    let meanRate = Scalar(1 - options.beta1)
    let squareRate = Scalar(1 - options.beta2)
    let epsilon = Scalar(options.epsilon)
    let stepSize = Scalar(learningRate / (1 - pow(options.beta1, stepCount)))
    let rootScale = Scalar(1 / (1 - pow(options.beta2, stepCount)).squareRoot())
    for (range, weightDecay) in decays {
      let shrink = Scalar(options.algorithm == .adamw ? 1 - learningRate * weightDecay : 1)
      let pull = Scalar(options.algorithm == .adamw ? 0 : weightDecay)
      for index in range {
        let parameter = parameters[index] * shrink
        let gradient = gradients[index] + pull * parameter
        let mean = state.slots[0][index] + meanRate * (gradient - state.slots[0][index])
        let square =
          state.slots[1][index] + squareRate * (gradient * gradient - state.slots[1][index])
        state.slots[0][index] = mean
        state.slots[1][index] = square
        parameters[index] =
          parameter - stepSize * mean / (square.squareRoot() * rootScale + epsilon)
      }
    }
  }
}

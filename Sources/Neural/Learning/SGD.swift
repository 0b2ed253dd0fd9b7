/// Stochastic gradient descent with momentum, as `torch.optim.SGD`.
///
///     step      = momentum * step + (gradient + weightDecay * parameter)
///     parameter = parameter - learningRate * step
public struct SGD<Scalar: NeuralScalar>: Optimizer {
  private var stepCount = 0
  private var steps: [Scalar]
  private let momentum: Double
  private let decays: [(range: Range<Int>, weightDecay: Double)]

  /// An optimizer at its first step.
  ///
  /// Takes momentum and weight decay from the options.
  public init(_ options: OptimizerOptions, _ layout: ParameterLayout) {
    momentum = options.momentum
    decays = options.decays(layout)
    steps = Array(repeating: 0, count: layout.count)
  }

  /// One slot: the last step.
  public var state: OptimizerState<Scalar> {
    get { OptimizerState(stepCount: stepCount, slots: [steps]) }
    set {
      newValue.check(slots: 1, count: steps.count)
      (stepCount, steps) = (newValue.stepCount, newValue.slots[0])
    }
  }

  /// One step, as the formula says.
  @specialized(where Scalar == Float)
  public mutating func update(
    _ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double
  ) {
    checkCounts(parameters, gradients, steps.count)
    stepCount += 1
    for (range, weightDecay) in decays {
      Self.update(
        range, &parameters, gradients, steps: &steps, momentum: Scalar(momentum),
        weightDecay: Scalar(weightDecay), learningRate: Scalar(learningRate))
    }
  }

  /// The formulas.
  ///
  /// The caller has compared all counts. Without checks the loop vectorises.
  private static func update(
    _ range: Range<Int>, _ parameters: inout [Scalar], _ gradients: [Scalar],
    steps: inout [Scalar], momentum: Scalar, weightDecay: Scalar, learningRate: Scalar
  ) {
    var parameters = parameters.mutableSpan
    var steps = steps.mutableSpan
    let gradients = gradients.span
    for index in range {
      let slope = gradients[unchecked: index] + weightDecay * parameters[unchecked: index]
      let step = momentum * steps[unchecked: index] + slope
      steps[unchecked: index] = step
      parameters[unchecked: index] -= learningRate * step
    }
  }
}

/// Stochastic gradient descent with momentum, as `torch.optim.SGD`.
///
///     step      = momentum * step + (gradient + weightDecay * parameter)
///     parameter = parameter - learningRate * step
struct SGD<Scalar: NeuralScalar>: Optimizer {
  private var stepCount = 0
  private var steps: [Scalar]
  private let momentum: Double
  private let parts: [OptimizerOptions.Part]

  /// Makes an optimizer before its first step.
  ///
  /// Momentum and weight decay come from the options.
  init(_ options: OptimizerOptions, _ layout: ParameterLayout, frozenLayers: Int) {
    momentum = options.momentum
    parts = options.parts(layout, frozenLayers: frozenLayers)
    steps = Array(repeating: 0, count: layout.count)
  }

  /// One slot: the last step's change.
  var state: OptimizerState<Scalar> {
    get { OptimizerState(stepCount: stepCount, slots: [steps]) }
    set {
      newValue.check(slots: 1, count: steps.count)
      (stepCount, steps) = (newValue.stepCount, newValue.slots[0])
    }
  }

  /// One step of the formula above.
  @specialized(where Scalar == Float)
  mutating func update(
    _ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double
  ) {
    checkCounts(parameters, gradients, steps.count)
    stepCount += 1
    for part in parts {
      Self.update(
        part.range, &parameters, gradients, steps: &steps, momentum: Scalar(momentum),
        weightDecay: Scalar(part.weightDecay), learningRate: Scalar(learningRate))
    }
  }

  /// The formulas for one tensor.
  ///
  /// The caller has checked all counts; without bounds checks the loop is vectorised.
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

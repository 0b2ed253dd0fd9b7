/// Stochastic gradient descent with momentum, as `torch.optim.SGD`.
///
///     step      = momentum * step + (gradient + weightDecay * parameter)
///     parameter = parameter - learningRate * step
struct SGD<Scalar: NeuralScalar>: Optimizer {
  private var stepCount = 0
  private var steps: [Scalar]
  private let momentum: Double
  private let parts: [OptimizerOptions.Part]

  /// An optimizer at its first step.
  ///
  /// Takes momentum and weight decay from the options.
  init(_ options: OptimizerOptions, _ layout: ParameterLayout, frozenLayers: Int) {
    momentum = options.momentum
    parts = options.parts(layout, frozenLayers: frozenLayers)
    steps = Array(repeating: 0, count: layout.count)
  }

  /// One slot: the last step.
  var state: OptimizerState<Scalar> {
    get { OptimizerState(stepCount: stepCount, slots: [steps]) }
    set {
      newValue.check(slots: 1, count: steps.count)
      (stepCount, steps) = (newValue.stepCount, newValue.slots[0])
    }
  }

  /// One step, as the formula says.
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

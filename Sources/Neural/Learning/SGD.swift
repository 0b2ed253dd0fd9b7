/// Stochastic gradient descent with momentum, as `torch.optim.SGD`.
///
///     step      = momentum * step + (gradient + weightDecay * parameter)
///     parameter = parameter - learningRate * step
public struct SGD<Scalar: NeuralScalar>: Optimizer {
  /// One slot: the last step.
  public var state: OptimizerState<Scalar>
  private let momentum: Double
  private let decays: [(range: Range<Int>, weightDecay: Double)]

  /// An optimizer at its first step.
  ///
  /// Takes momentum and weight decay from the options.
  public init(_ options: OptimizerOptions, _ layout: ParameterLayout) {
    momentum = options.momentum
    decays = options.decays(layout)
    state = OptimizerState(slots: 1, count: layout.count)
  }

  /// One step, as the formula says.
  @specialized(where Scalar == Float)
  public mutating func update(
    _ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double
  ) {
    checkCounts(parameters, gradients)
    state.stepCount += 1
    let momentum = Scalar(momentum)
    let rate = Scalar(learningRate)
    for (range, weightDecay) in decays {
      let weightDecay = Scalar(weightDecay)
      for index in range {
        let slope = gradients[index] + weightDecay * parameters[index]
        let step = momentum * state.slots[0][index] + slope
        state.slots[0][index] = step
        parameters[index] -= rate * step
      }
    }
  }
}

extension Optimizer {
  func checkCounts(_ parameters: [Scalar], _ gradients: [Scalar]) {
    for slot in state.slots {
      precondition(
        parameters.count == slot.count && gradients.count == slot.count,
        "\(parameters.count) parameters and \(gradients.count) gradients for an optimizer of "
          + "\(slot.count)")
    }
  }
}

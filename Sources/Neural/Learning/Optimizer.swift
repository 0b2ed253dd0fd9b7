/// Updates the parameters by their gradients, as the optimizer of the same name in PyTorch.
public protocol Optimizer<Scalar>: Sendable {
  /// The number type of the parameters.
  associatedtype Scalar: NeuralScalar

  /// The optimizer's state. Setting it continues from where it was read.
  var state: OptimizerState<Scalar> { get set }

  /// Makes one step.
  ///
  /// - Parameters:
  ///   - parameters: All parameters, updated in place.
  ///   - gradients: One per parameter.
  ///   - learningRate: The learning rate of this step.
  mutating func update(_ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double)
}

/// The state of an optimizer, as stored in checkpoints.
public struct OptimizerState<Scalar: NeuralScalar>: Equatable, Sendable {
  /// Number of steps taken.
  public var stepCount: Int
  /// One array per slot, each as long as the parameters.
  ///
  /// SGD has the momentum; Adam and AdamW have the mean of the gradients, then the mean of their
  /// squares.
  public var slots: [[Scalar]]

  /// Makes a state from its parts.
  public init(stepCount: Int, slots: [[Scalar]]) {
    self.stepCount = stepCount
    self.slots = slots
  }

  /// Checks that the state has `slots` slots for `count` parameters.
  func check(slots expected: Int, count: Int) {
    precondition(
      slots.count == expected && slots.allSatisfy { $0.count == count },
      "a state of \(slots.map(\.count)) numbers for \(expected) slots of \(count)")
  }
}

extension Optimizer {
  func checkCounts(_ parameters: [Scalar], _ gradients: [Scalar], _ count: Int) {
    precondition(
      parameters.count == count && gradients.count == count,
      "\(parameters.count) parameters and \(gradients.count) gradients for an optimizer of "
        + "\(count)")
  }
}

/// The optimizer and its options; the defaults are PyTorch's.
public struct OptimizerOptions: Codable, Equatable, Sendable {
  /// The algorithm.
  public enum Algorithm: String, Codable, CaseIterable, Sendable {
    /// Stochastic gradient descent with momentum.
    case sgd
    /// Adam (Kingma and Ba 2015); weight decay is added to the gradient.
    case adam
    /// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
    case adamw
  }

  /// Which parameters have weight decay.
  public enum Decay: String, Codable, CaseIterable, Sendable {
    /// All parameters, as in PyTorch by default.
    case all
    /// Weights only, not biases.
    case matrices
  }

  /// The algorithm.
  public var algorithm = Algorithm.adamw
  /// SGD: share of the last step that is added to the next, 0 to 1.
  public var momentum = 0.9
  /// Adam: decay of the mean of the gradients, 0 to 1.
  public var beta1 = 0.9
  /// Adam: decay of the mean of the squares, 0 to 1.
  public var beta2 = 0.999
  /// Adam: added to the root of the mean square.
  public var epsilon = 1e-8
  /// Weight decay.
  ///
  /// SGD and Adam add it times the parameter to the gradient; AdamW subtracts it times the
  /// parameter times the learning rate.
  public var weightDecay = 0.01
  /// Which parameters have weight decay.
  public var decay = Decay.matrices

  /// The defaults.
  public init() {}

  /// Makes the optimizer for a network with this layout, whose first `frozenLayers` LSTM layers are
  /// frozen.
  public func optimizer<Scalar: NeuralScalar>(
    for layout: ParameterLayout, frozenLayers: Int = 0, of type: Scalar.Type = Scalar.self
  ) -> any Optimizer<Scalar> {
    switch algorithm {
    case .sgd: SGD<Scalar>(self, layout, frozenLayers: frozenLayers)
    case .adam, .adamw: Adam<Scalar>(self, layout, frozenLayers: frozenLayers)
    }
  }

  /// A tensor's place among the flat parameters.
  struct Part {
    let range: Range<Int>
    let weightDecay: Double
  }

  /// The tensors that are updated.
  func parts(_ layout: ParameterLayout, frozenLayers: Int) -> [Part] {
    layout.learning(frozenLayers: frozenLayers).map {
      Part(range: $0.range, weightDecay: decay == .all || $0.role.isWeight ? weightDecay : 0)
    }
  }
}

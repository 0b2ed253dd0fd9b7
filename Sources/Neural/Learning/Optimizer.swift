/// Moves the parameters against their gradients, as the optimizer of the same name in PyTorch does.
public protocol Optimizer<Scalar>: Sendable {
  /// The number type of the parameters.
  associatedtype Scalar: NeuralScalar

  /// What the optimizer remembers. Setting it continues where it was taken.
  var state: OptimizerState<Scalar> { get set }

  /// One step.
  ///
  /// - Parameters:
  ///   - parameters: Flat, changed in place.
  ///   - gradients: As many as parameters.
  ///   - learningRate: Of this step.
  mutating func update(_ parameters: inout [Scalar], gradients: [Scalar], learningRate: Double)
}

/// An optimizer's memory, as numbers that a checkpoint can hold.
public struct OptimizerState<Scalar: NeuralScalar>: Codable, Equatable, Sendable {
  /// Steps taken.
  public var stepCount: Int
  /// One array a slot, each as long as the parameters: SGD has its momentum, Adam and AdamW the mean
  /// of the gradients, then the mean of their squares.
  public var slots: [[Scalar]]

  /// A state from its parts.
  public init(stepCount: Int, slots: [[Scalar]]) {
    self.stepCount = stepCount
    self.slots = slots
  }

  /// That this is a state of `slots` slots for `count` parameters.
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

/// Which optimizer, and its numbers; defaults are PyTorch's.
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

  /// Which parameters decay.
  public enum Decay: String, Codable, CaseIterable, Sendable {
    /// Every one, as PyTorch does unless told otherwise.
    case all
    /// Weights only; biases stay free.
    case matrices
  }

  /// The algorithm.
  public var algorithm = Algorithm.adamw
  /// SGD: share of the last step that is kept, 0 to 1.
  public var momentum = 0.9
  /// Adam: decay of the mean of the gradients, 0 to 1.
  public var beta1 = 0.9
  /// Adam: decay of the mean of the squares, 0 to 1.
  public var beta2 = 0.999
  /// Adam: added to the root of the mean square.
  public var epsilon = 1e-8
  /// Pull of the parameters to zero: added to the gradient times the parameter, or for AdamW a share
  /// of the parameter times the learning rate.
  public var weightDecay = 0.01
  /// What decays.
  public var decay = Decay.matrices

  /// The defaults.
  public init() {}

  /// The optimizer for a network with this layout, of which the first `frozenLayers` LSTM layers keep
  /// their weights.
  public func optimizer<Scalar: NeuralScalar>(
    for layout: ParameterLayout, frozenLayers: Int = 0, of type: Scalar.Type = Scalar.self
  ) -> any Optimizer<Scalar> {
    switch algorithm {
    case .sgd: SGD<Scalar>(self, layout, frozenLayers: frozenLayers)
    case .adam, .adamw: Adam<Scalar>(self, layout, frozenLayers: frozenLayers)
    }
  }

  /// A tensor among the flat parameters.
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

/// What teachers answer, learned beside the targets (Hinton, Vinyals and Dean 2015, arXiv 1503.02531).
///
/// With z the logits, q the teachers' probabilities, T the temperature and s the share, the loss of a
/// sequence is (1 - s) times that of its target plus s T^2 times the cross-entropy of softmax(z / T)
/// to q: the factor T^2 keeps the size of the gradients. Where the likeliest class of q is not the target,
/// the loss is that of the target alone: else what teachers mistake for a keyword would be taught as one.
public struct SoftTargets<Scalar: NeuralScalar>: Sendable {
  /// (B, C): the teachers' probabilities at the temperature, in the order of the batch.
  public var probabilities: [[Scalar]]
  /// What the logits of both sides are divided by, above 0.
  public var temperature: Double
  /// Their share of the loss, 0 to 1.
  public var share: Double

  /// Targets for a batch.
  public init(probabilities: [[Scalar]], temperature: Double, share: Double) {
    precondition(
      temperature > 0 && (0...1).contains(share), "temperature \(temperature), share \(share)")
    (self.probabilities, self.temperature, self.share) = (probabilities, temperature, share)
  }

  /// Mixes the loss and the gradient of one sequence's target with those of the teachers.
  ///
  /// - Parameters:
  ///   - hard: The loss of the target and its gradient (C), divided by the batch's weight.
  ///   - logits: (C).
  ///   - index: The sequence's place in the batch.
  ///   - target: Its class.
  ///   - weight: Of that class.
  ///   - totalWeight: Sum of the class weights of all targets of the batch.
  /// - Returns: Loss and gradient (C).
  func mixed(
    _ hard: (loss: Double, gradient: [Scalar]), _ logits: [Scalar], _ index: Int, target: Int,
    weight: Double, totalWeight: Double
  ) -> (loss: Double, gradient: [Scalar]) {
    let goals = probabilities[index]
    guard goals.allSatisfy({ $0 <= goals[target] }) else { return hard }
    let softened = logits.map { Scalar(Double($0) / temperature) }
    let logProbabilities = SoftmaxCrossEntropy.logSoftmax(softened)
    let entropy = zip(goals, logProbabilities).reduce(0.0) { $0 - Double($1.0) * Double($1.1) }
    let factor = share * weight * temperature * temperature
    // d(entropy)/dz_c = (softmax(z / T)_c - q_c) / T
    let gradient = zip(zip(goals, logProbabilities), hard.gradient).map { pair, hard in
      let soft = Double(Scalar.exponential(pair.1)) - Double(pair.0)
      return Scalar((1 - share) * Double(hard) + factor / temperature * soft / totalWeight)
    }
    return ((1 - share) * hard.loss + factor * entropy, gradient)
  }
}

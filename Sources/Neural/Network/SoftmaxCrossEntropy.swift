/// Options of the loss, as in PyTorch's `cross_entropy`.
public struct LossOptions: Equatable, Sendable {
  /// Share of the target's probability that is spread uniformly over all classes, 0 to 1 (Szegedy
  /// and others 2016).
  public var labelSmoothing: Double
  /// Weight of each class, C numbers; nil gives all the same weight.
  ///
  /// The mean is weighted too: the sum of the losses is divided by the sum of the targets' weights.
  public var classWeights: [Double]?

  /// The default is plain cross-entropy.
  public init(labelSmoothing: Double = 0, classWeights: [Double]? = nil) {
    self.labelSmoothing = labelSmoothing
    self.classWeights = classWeights
  }

  func weight(_ target: Int) -> Double { classWeights?[target] ?? 1 }
}

/// Softmax and cross-entropy in one step, which avoids the logarithm of zero.
enum SoftmaxCrossEntropy<Scalar: NeuralScalar> {
  /// Logarithms of the probabilities: z_c - log(sum of exp(z)).
  static func logSoftmax(_ logits: [Scalar]) -> [Scalar] {
    let highest = logits.max() ?? 0
    let sum = logits.reduce(0) { $0 + Scalar.exponential($1 - highest) }
    let normalizer = highest + Scalar.logarithm(sum)
    return logits.map { $0 - normalizer }
  }

  /// The loss of one sequence, not divided by the batch's weight, and dL/dlogits (C), divided by
  /// it.
  ///
  /// - Parameters:
  ///   - logits: C numbers.
  ///   - target: The correct class, below C.
  ///   - options: Smoothing and class weights.
  ///   - totalWeight: Sum of the class weights of all targets of the batch.
  /// - Returns: The loss and the gradient (C).
  static func lossAndGradient(
    _ logits: [Scalar], target: Int, _ options: LossOptions, totalWeight: Double
  ) -> (loss: Double, gradient: [Scalar]) {
    let logProbabilities = logSoftmax(logits)
    let spread = options.labelSmoothing / Double(logits.count)
    // loss = - sum over c of goal_c log p_c, where goal_c = weight_c (smoothed one-hot)_c
    let goals = logits.indices.map { c in
      options.weight(c) * (spread + (c == target ? 1 - options.labelSmoothing : 0))
    }
    let loss = zip(goals, logProbabilities).reduce(0) { $0 - $1.0 * Double($1.1) }
    // forward: log p_c = z_c - log(sum of exp(z)), so dz_c = p_c (sum of goals) - goal_c
    let goalSum = goals.reduce(0, +)
    let gradient = zip(goals, logProbabilities).map { goal, logProbability in
      Scalar((Double(Scalar.exponential(logProbability)) * goalSum - goal) / totalWeight)
    }
    return (loss, gradient)
  }
}

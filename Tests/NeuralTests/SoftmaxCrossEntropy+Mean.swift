@testable import Neural

extension SoftmaxCrossEntropy {
  /// Mean loss of sequences with these logits and correct classes, weighted by class if there are
  /// class weights; the same as the learner computes.
  static func meanLoss(
    _ logits: [[Scalar]], targets: [Int], _ options: LossOptions = LossOptions()
  ) -> Double {
    precondition(
      logits.count == targets.count, "logits of \(logits.count) sequences, \(targets.count) targets"
    )
    let totalWeight = targets.reduce(0) { $0 + options.weight($1) }
    let sum = zip(logits, targets).reduce(0) { sum, pair in
      sum + lossAndGradient(pair.0, target: pair.1, options, totalWeight: totalWeight).loss
    }
    return sum / totalWeight
  }
}

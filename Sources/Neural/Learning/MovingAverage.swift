/// An exponential moving average of the parameters, which often classifies better than the
/// parameters themselves (Polyak and Juditsky 1992).
public struct MovingAverage<Scalar: NeuralScalar>: Codable, Equatable, Sendable {
  /// Share of the average that stays at each step, once there have been many.
  public let decay: Double
  /// The average; before the first update what `init` was given.
  public private(set) var parameters: [Scalar]
  /// Updates so far.
  public private(set) var count = 0

  /// An average that starts from `parameters`, or goes on from them after `count` updates.
  public init(decay: Double, parameters: [Scalar], count: Int = 0) {
    precondition(decay >= 0 && decay < 1, "a moving average's decay of \(decay), outside 0..<1")
    self.decay = decay
    self.parameters = parameters
    self.count = count
  }

  /// Takes in the parameters after a step.
  ///
  /// Early on less stays, (1 + n) / (10 + n) at update n as in TensorFlow, so that the random start
  /// is soon forgotten.
  @specialized(where Scalar == Float)
  public mutating func update(_ newest: [Scalar]) {
    precondition(
      newest.count == parameters.count,
      "\(newest.count) parameters for an average of \(parameters.count)")
    count += 1
    let rate = Scalar(1 - min(decay, Double(1 + count) / Double(10 + count)))
    var averages = parameters.mutableSpan
    let newest = newest.span
    for index in 0..<newest.count {
      averages[unchecked: index] += rate * (newest[unchecked: index] - averages[unchecked: index])
    }
  }
}

/// An exponential moving average of the parameters, which often classifies better than the
/// parameters themselves (Polyak and Juditsky 1992).
public struct MovingAverage<Scalar: NeuralScalar>: Equatable, Sendable {
  /// Share of the old average that is kept at each update, after the first updates.
  public let decay: Double
  /// The average; before the first update, the parameters given to `init`.
  public private(set) var parameters: [Scalar]
  /// Number of updates so far.
  public private(set) var count = 0

  /// An average that starts from `parameters`, or continues from them after `count` updates.
  public init(decay: Double, parameters: [Scalar], count: Int = 0) {
    precondition(decay >= 0 && decay < 1, "a moving average's decay of \(decay), outside 0..<1")
    self.decay = decay
    self.parameters = parameters
    self.count = count
  }

  /// Adds the parameters after a training step.
  ///
  /// At update n at most (1 + n) / (10 + n) is kept, as in TensorFlow, so the random initial values
  /// lose their weight quickly.
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

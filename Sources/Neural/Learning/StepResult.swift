/// What one step of learning found out.
public struct StepResult<Scalar: NeuralScalar>: Sendable {
  /// Mean loss of the batch, weighted by class where there are class weights.
  public let loss: Double
  /// (B, C), in the caller's order.
  public let logits: [[Scalar]]
  /// dL/dparameter, in the order of `ParameterLayout`; zero in frozen layers.
  public let gradients: [Scalar]
  /// dL/dx, each (T, F) row-major, in the caller's order; empty unless asked for.
  public let inputGradients: [[Scalar]]
  /// How the gradient fares on its way back through time, for each layer; empty unless asked for.
  public let timeGradients: [TimeGradient]
}

/// Norms of dL/dh at each step of reading, over all sequences of the batch: whether gradients fade or
/// grow over the frames that they travel.
///
/// Empty for a layer that is frozen.
public struct TimeGradient: Equatable, Sendable {
  /// At frame t of the forward direction.
  public let forward: [Double]
  /// At reading step s of the reverse direction, which is frame T - 1 - s of a sequence of T; nil
  /// where there is none.
  public let reverse: [Double]?
}

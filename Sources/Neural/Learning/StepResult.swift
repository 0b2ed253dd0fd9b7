/// The results of one training step.
public struct StepResult<Scalar: NeuralScalar>: Sendable {
  /// Mean loss of the batch, weighted by class if there are class weights.
  public let loss: Double
  /// (B, C), in the order of the batch.
  public let logits: [[Scalar]]
  /// dL/dparameter, in the order of `ParameterLayout`; zero in frozen layers.
  public let gradients: [Scalar]
  /// dL/dx, each (T, F) row-major, in the order of the batch; empty unless requested.
  public let inputGradients: [[Scalar]]
  /// Norms of the gradient over time, for each layer; empty unless requested.
  public let timeGradients: [TimeGradient]
}

/// Norms of dL/dh at each step of reading, over all sequences of the batch.
///
/// They show whether gradients vanish or explode over time.
///
/// Empty for a frozen layer.
public struct TimeGradient: Equatable, Sendable {
  /// At frame t of the forward direction.
  public let forward: [Double]
  /// At reading step s of the reverse direction, which is frame T - 1 - s of a sequence of T
  /// frames; nil if there is no reverse direction.
  public let reverse: [Double]?
}

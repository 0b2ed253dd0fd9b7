/// From the states of all frames to one vector a sequence: what a pooling part has to say.
///
/// A new one is a class in a file of its own and its lines in Pooling.swift. It is called through
/// this protocol, so its methods want `@specialized(where Scalar == Float)`: without it they run a
/// hundred times slower.
protocol PoolingLayer<Scalar>: AnyObject {
  associatedtype Scalar: NeuralScalar

  /// A part of networks of that shape.
  init(_ shape: NetworkShape)

  /// Shapes of what it learns, as PyTorch stores them, for states of DH numbers; nil learns nothing.
  static func parameters(states: Int) -> (weight: [Int], bias: [Int])?

  /// From `states` (T, B, DH) to `pooled` (B, DH); may remember what `backward` needs.
  func forward(
    _ states: Frames<Scalar>, _ parameters: LinearTensors<Scalar>?, _ shard: Shard,
    pooled: Matrix<Scalar>)

  /// From dL/dpooled (B, DH) to `stateGradients` (T, B, DH) and `gradients`, both added to.
  ///
  /// `states` and `pooled` are as `forward` had them.
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, states: Frames<Scalar>,
    _ parameters: LinearTensors<Scalar>?, _ shard: Shard, stateGradients: Frames<Scalar>,
    gradients: LinearTensors<Scalar>?)
}

extension PoolingLayer {
  static func parameters(states: Int) -> (weight: [Int], bias: [Int])? { nil }
}

/// The parts of a pooling, whose vectors stand side by side.
struct PoolingParts<Scalar: NeuralScalar> {
  private let parts: [(part: PoolingPart, layer: any PoolingLayer<Scalar>)]
  private let states: Int

  init(_ shape: NetworkShape) {
    parts = shape.pooling.parts.map { ($0, $0.layer(of: Scalar.self).init(shape)) }
    states = shape.states
  }

  /// From `states` (T, B, DH) to `pooled` (B, P).
  func forward(
    _ states: Frames<Scalar>, _ weights: PackedWeights<Scalar>, _ shard: Shard,
    pooled: Matrix<Scalar>
  ) {
    for (index, (part, layer)) in parts.enumerated() {
      layer.forward(
        states, weights.pooling[part]?.view, shard, pooled: pooled.columns(columns(index)))
    }
  }

  /// From dL/dpooled (B, P) to `stateGradients` (T, B, DH) and the parts' gradients, added.
  func backward(
    _ pooledGradient: Matrix<Scalar>, pooled: Matrix<Scalar>, states: Frames<Scalar>,
    _ weights: PackedWeights<Scalar>, _ shard: Shard, stateGradients: Frames<Scalar>,
    gradients: GradientBuffer<Scalar>
  ) {
    for (index, (part, layer)) in parts.enumerated() {
      layer.backward(
        pooledGradient.columns(columns(index)), pooled: pooled.columns(columns(index)),
        states: states, weights.pooling[part]?.view, shard, stateGradients: stateGradients,
        gradients: gradients.pooling[part])
    }
  }

  /// Where part `index` stands in the pooled vector.
  private func columns(_ index: Int) -> Range<Int> { index * states..<(index + 1) * states }
}
